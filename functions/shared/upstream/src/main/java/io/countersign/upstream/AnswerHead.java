package io.countersign.upstream;

import io.countersign.oss.Headers;

/**
 * The head of an answer to the client.
 *
 * @param headers all but those of the connection. Content-Length is among them where the body is streamed, or where the
 *     request was HEAD
 */
public record AnswerHead(int status, Headers headers, AnswerBody body) {}
