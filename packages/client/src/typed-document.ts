/**
 * A GraphQL document that knows the type of its variables and of its result.
 *
 * `TypedDocumentString` of graphql-codegen's client preset fits, and so does any object whose text is the document.
 */
export interface TypedDocument<Result, Variables> {
  /** Never set: carries the types only. */
  __apiType?: (variables: Variables) => Result;
}
