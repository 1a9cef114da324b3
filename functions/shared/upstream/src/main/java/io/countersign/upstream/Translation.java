package io.countersign.upstream;

import io.countersign.oss.OssRefusal;
import io.countersign.registry.Upstream;
import java.util.Optional;

/** How requests of OSS are written in the protocol of a store. */
public interface Translation {
    /**
     * Writes a request that its row of the table admits: parameters and headers were checked.
     *
     * @param source the source of a copy in the store, where the request has one
     * @throws OssRefusal NotImplemented or InvalidArgument for what the store does not have
     */
    Translated request(JudgedRequest judged, StoreRow row, Upstream upstream, Optional<StoreObject> source)
            throws OssRefusal;
}
