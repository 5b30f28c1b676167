// What programs put on the clipboard, written in the manner of each.

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const pixelHex = Buffer.from(pixel, 'base64').toString('hex');
const sign = (text: string, font = 'Symbol') =>
  `<![if !supportLists]><span style='font-family:${font};mso-fareast-font-family:${font}'><span style='mso-list:Ignore'>${text}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>`;

const word = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=Generator content="Microsoft Word 15"><title>Draft</title>
<link rel=File-List href="file:///C:/Users/me/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} @list l0:level1 {mso-level-number-format:bullet;} --></style></head>
<body lang=EN-GB link="#0563C1" style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoTitle>Ferry returns<o:p></o:p></p>
<h1 style='mso-outline-level:1'><span lang=EN-GB>The <b>first</b> trip<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-GB style='mso-bidi-font-size:12.0pt'>The ferry <b style='mso-bidi-font-weight:normal'>Elbe 3</b> runs
again, says <a href="https://harbour.example/news">the <i>harbour</i> office</a>.<span style='mso-spacerun:yes'>  </span>At last.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span style='font-size:11.0pt'>[1]</span></span><![endif]></span></span></a><o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>${sign('·')}<span lang=EN-GB>Adults<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-add-space:auto;text-indent:-18.0pt;mso-list:l0 level2 lfo1'>${sign('o', '"Courier New"')}<span lang=EN-GB>with a bicycle<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>${sign('·')}<span lang=EN-GB>Children<o:p></o:p></span></p>
<h2>Steps<o:p></o:p></h2>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'>${sign('3.', 'Calibri')}Buy<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'>${sign('4.', 'Calibri')}Board<o:p></o:p></p>
<p class=MsoQuote>We waited.<o:p></o:p></p>
<p class=MsoNormal><del cite="mailto:Ann" datetime="2026-01-02T10:00">old</del><ins cite="mailto:Ann">new</ins> words<a class=msocomanchor id="_anchor_1" href="#_msocom_1">[A1]</a></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'><td width=301 valign=top style='width:225.4pt;border:solid windowtext 1.0pt'><p class=MsoNormal><b>Leaves<o:p></o:p></b></p></td><td width=301><p class=MsoNormal align=right style='text-align:right'>Fare<o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>06:00</p></td><td><p class=MsoNormal>4&nbsp;€</p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Picture_1" style='width:100pt'><v:imagedata src="file:///C:/Users/me/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png" o:title="quay"/></v:shape><![endif]--><![if !vml]><img width=200 height=100 src="file:///C:/Users/me/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png" alt="The quay at dawn" v:shapes="Picture_1"><![endif]><o:p></o:p></p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> By the winter timetable.<o:p></o:p></p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Really?</p></div></div>
<!--EndFragment--></body></html>`;

const wordOnline = `<html><body><!--StartFragment--><div class="OutlineElement Ltr SCXW1 BCX0" style="direction: ltr; margin: 0px;"><p class="Paragraph SCXW1" role="heading" aria-level="1" lang="EN-GB" style="font-weight: normal; color: rgb(46, 116, 181);"><span data-contrast="none" class="TextRun SCXW1"><span class="NormalTextRun SCXW1">The first trip</span></span><span class="EOP SCXW1" data-ccp-props="{}">&nbsp;</span></p></div>
<div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1" lang="EN-GB"><span class="TextRun SCXW1" style="font-weight: bold;"><span class="NormalTextRun">Elbe&nbsp;3</span></span><span class="TextRun"><span class="NormalTextRun"> runs </span></span><a class="Hyperlink" href="https://harbour.example/" target="_blank"><span class="TextRun Underlined" style="text-decoration: underline;">again</span></a><span class="EOP">&nbsp;</span></p></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list"><li data-leveltext="" data-font="Symbol" data-listid="1" data-aria-posinset="1" data-aria-level="1" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun">Adults</span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle2" role="list"><li data-leveltext="o" data-listid="1" data-aria-posinset="1" data-aria-level="2" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun">with a bicycle</span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list"><li data-listid="1" data-aria-posinset="2" data-aria-level="1" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun">Children</span></p></li></ul></div><!--EndFragment--></body></html>`;

const googleDocs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b3c4d-7fff-0000-1111-222233334444"><h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt;font-family:Arial,sans-serif;font-weight:400;white-space:pre-wrap;">The first trip</span></h1><p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:700;font-style:normal;text-decoration:none;">Elbe 3</span><span style="font-size:11pt;font-weight:400;"> runs </span><span style="font-weight:400;font-style:italic;">again</span><span style="font-weight:400;">, says </span><a href="https://www.google.com/url?q=https://harbour.example/news&amp;sa=D&amp;ust=1" style="text-decoration:none;"><span style="color:#1155cc;font-weight:400;text-decoration:underline;">the office</span></a><span style="font-weight:400;text-decoration:line-through;">old</span><span style="font-weight:400;vertical-align:super;font-size:0.6em">2</span></p><br /><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;font-weight:400;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">Adults</span></p></li><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span style="font-weight:400;">with a bicycle</span></p></li></ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">Children</span></p></li></ul><ol><li dir="ltr" aria-level="1"><p role="presentation"><span>Buy</span></p></li></ol><div dir="ltr" style="margin-left:0pt;" align="left"><table style="border:none;border-collapse:collapse;"><colgroup><col width="100" /><col width="100" /></colgroup><tbody><tr style="height:21pt"><td style="border:solid #000 1pt;"><p dir="ltr"><span style="font-weight:700;">Leaves</span></p></td><td><p dir="ltr" style="text-align:right"><span>Fare</span></p></td></tr></tbody></table></div><p dir="ltr"><span><span style="border:none;display:inline-block;overflow:hidden;width:200px;height:100px;"><img src="data:image/png;base64,${pixel}" width="200" height="100" alt="" style="margin-left:0px;" /></span></span></p></b><br class="Apple-interchange-newline">`;

const pages = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd"><html><head><meta name="Generator" content="Cocoa HTML Writer"><style type="text/css">p.p1 {margin: 0.0px; font: 12.0px Helvetica} span.s1 {text-decoration: underline}</style></head><body><p class="p1"><b>Elbe 3</b><span class="Apple-converted-space">&nbsp;</span>runs <i>again</i>.</p><p class="p2"><br></p><p class="p1">Says <a href="https://harbour.example/"><span class="s1">the office</span></a>.</p><ul class="ul1"><li class="li1"><span class="s2"></span>Adults<ul class="ul1"><li class="li1">with a bicycle</li></ul></li></ul></body></html>`;

const libreOffice = `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">@page { size: 21cm 29.7cm } p { line-height: 115% }</style></head><body lang="en-GB" dir="ltr"><h1 class="western">The first trip</h1><p style="line-height: 100%; margin-bottom: 0cm"><font face="Liberation Serif, serif"><font size="3" style="font-size: 12pt"><b>Elbe 3</b> runs <i>again</i><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></font></font></p><ul><li><p style="margin-bottom: 0cm">Adults</p><ul><li><p>with a bicycle</p></li></ul></li></ul><p><br/><br/></p><blockquote>We waited.</blockquote><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>By the winter timetable.</p></div></body></html>`;

const webPage = `<html><body><!--StartFragment--><nav><ul><li><a href="https://other.example/">Home</a></li></ul></nav><article class="post" style="color: rgb(0, 0, 0); font-family: Georgia;"><header><h1>The first trip</h1></header><div class="share-buttons"><a href="https://social.example/share">Share</a></div><p style="margin: 0px;">Elbe&nbsp;3 <strong onclick="steal()">runs</strong> <a href="https://harbour.example/" onmouseover="steal()" target="_blank">again</a>. <a href="javascript:steal()">Sign up</a></p><div class="ad-slot"><iframe src="https://ads.example/"></iframe>Buy now</div><figure class="wp-block-image"><img src="https://other.example/quay.jpg" srcset="https://other.example/quay-2x.jpg 2x" alt="The quay" loading="lazy"><figcaption>The <em>quay</em></figcaption></figure><div>One line<br><br>Another line</div><pre><code class="language-js hljs"><span class="hljs-keyword">let</span> a = 1;
let b;</code></pre><form><input value="mail"><button>Subscribe</button></form><img src="https://count.example/dot.gif" width="1" height="1"><script>steal()</script><style>p{}</style><iframe src="https://video.example/embed/1" title="A film"></iframe><p hidden>secret</p></article><footer>Imprint</footer><!--EndFragment--></body></html>`;

/** By program: the kinds of data and their text. */
export const clipboards = {
  word: {
    'text/html': word,
    'text/plain': 'x',
    'text/rtf': `{\\rtf1{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn a}{\\sv 1}}}\\picw1\\pich1\\pngblip\\bliptag12{\\*\\blipuid 0123456789abcdef0123456789abcdef}\n${pixelHex}}}{\\nonshppict{\\pict\\wmetafile8 0102}}}`,
  },
  wordWithoutRtf: { 'text/html': word, 'text/plain': 'x' },
  wordOnline: { 'text/html': wordOnline, 'text/plain': 'x' },
  googleDocs: { 'text/html': googleDocs, 'text/plain': 'x' },
  pages: { 'text/html': pages, 'text/plain': 'x' },
  libreOffice: { 'text/html': libreOffice, 'text/plain': 'x' },
  webPage: { 'text/html': webPage, 'text/plain': 'x' },
  plainText: { 'text/plain': 'One line\nits second\n\n\nAnother <b>paragraph</b>\n' },
};
