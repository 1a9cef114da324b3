package io.countersign.gateway.storage;

import java.util.List;
import java.util.Optional;

/** Decides on every request to the storage. */
interface Judge {
    /**
     * @param deleteKeys what the body of a multi-delete names; none for other requests
     * @param form of a form upload
     */
    Verdict ask(Exchange exchange, List<String> deleteKeys, Optional<FormUpload> form) throws Exception;

    /** Whether the page that this request comes from may read its answer: what a preflight for it would be told. */
    Verdict askForPages(Exchange exchange) throws Exception;
}
