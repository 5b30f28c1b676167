// The bundles take a stylesheet in as its text.
declare module '*.css' {
  const text: string;
  export default text;
}
