/** Presentation MathML: MathML Core, and what older converters write. */
export const mathTags = (
  'math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt ' +
  'mstyle msub msubsup msup mtable mtd mtext mtr mlabeledtr munder munderover none'
).split(' ');

export const mathAttributes = (
  'accent accentunder align alttext columnalign columnlines columnspacing columnspan depth dir display displaystyle ' +
  'fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowalign ' +
  'rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width'
).split(' ');
