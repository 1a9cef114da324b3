package io.countersign.gateway.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A body that passes in pieces.
 *
 * @param pieces paused
 * @param length empty where it comes in chunks
 * @param hash that the client signed
 * @param close called once when nothing more is read
 */
record BodyStream(ReadStream<Buffer> pieces, OptionalLong length, Optional<PayloadHash> hash, Runnable close) {}
