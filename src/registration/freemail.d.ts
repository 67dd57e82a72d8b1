/** The package ships no types. Both take a whole address. */
declare module 'freemail' {
  const freemail: {
    isFree(email: string): boolean;
    isDisposable(email: string): boolean;
  };
  export default freemail;
}
