package io.countersign.upstream;

import io.countersign.oss.OssRefusal;
import io.countersign.registry.Upstream;
import java.util.Optional;

/** How requests of OSS are written in the protocol of a store. */
public interface Translation {
    /**
     * Writes a request that its row of the table admits: parameters and headers were checked.
     *
     * @param source the source of a copy in the store, where the request has one; its key was checked ({@link StoreKeys})
     * @throws OssRefusal NotImplemented or InvalidArgument for what the store does not have
     */
    Translated request(JudgedRequest judged, StoreRow row, Upstream upstream, Optional<StoreObject> source)
            throws OssRefusal;

    /**
     * Writes the question that goes to the store before a request, where stores may ignore a condition of it.
     *
     * @param translated what {@link #request} returned
     * @return a HEAD of the source where there is one, and else of the request's object; its answer is of status 200 when
     *     the condition holds, and else what the client gets. Empty where there is no such condition
     * @throws OssRefusal InvalidArgument for a condition that cannot be read
     */
    default Optional<Translated> question(JudgedRequest judged, Translated translated, Optional<StoreObject> source)
            throws OssRefusal {
        return Optional.empty();
    }
}
