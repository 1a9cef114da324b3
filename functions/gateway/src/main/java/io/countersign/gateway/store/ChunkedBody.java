package io.countersign.gateway.store;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A body that comes in chunks, for a store that has to know its length first. Its request was allowed.
 *
 * @param then gets the body, and closes it
 * @param refused called instead where the body is too large or too slow, or cannot be kept
 */
record ChunkedBody(Consumer<Spool> then, Consumer<OssRefusal> refused) implements SpoolReader.Reading {
    @Override
    public boolean add(Buffer piece, Spool spool) {
        return spool.add(piece);
    }

    @Override
    public void gate(Spool spool, Consumer<Optional<OssRefusal>> admitted) {
        admitted.accept(Optional.empty());
    }

    @Override
    public Runnable whole(Spool spool) {
        return () -> then.accept(spool);
    }

    @Override
    public OssRefusal tooLarge() {
        return new OssRefusal(
                OssError.ENTITY_TOO_LARGE,
                OssError.ENTITY_TOO_LARGE.message()
                        + " The store behind this bucket has to know the length of a body;"
                        + " send Content-Length instead of chunks, or upload in parts.");
    }

    @Override
    public void refuse(OssRefusal refusal) {
        refused.accept(refusal);
    }
}
