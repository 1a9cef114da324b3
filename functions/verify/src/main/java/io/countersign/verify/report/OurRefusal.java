package io.countersign.verify.report;

import io.countersign.verify.AnswerError;
import io.countersign.verify.explain.Cause;
import java.util.Optional;

/** A refusal of the request here, with what was found to be its cause. */
record OurRefusal(String code, Optional<String> ec, String message, Cause cause) {
    /** Empty when the request was not refused here. */
    static Optional<OurRefusal> of(Optional<AnswerError> error, Optional<Cause> cause) {
        return error.flatMap(
                refused -> cause.map(found -> new OurRefusal(refused.code(), refused.ec(), refused.message(), found)));
    }
}
