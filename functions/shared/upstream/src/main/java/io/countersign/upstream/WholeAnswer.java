package io.countersign.upstream;

import io.countersign.http.Bytes;

/**
 * An answer to the client whose document was read before its head is written.
 *
 * @param head of this document: a store may say only in its document that the request failed, or what OSS says in a header
 *     too
 * @param body the document, written anew
 */
public record WholeAnswer(AnswerHead head, Bytes body) {}
