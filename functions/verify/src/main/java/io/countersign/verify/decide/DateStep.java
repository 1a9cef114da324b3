package io.countersign.verify.decide;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.Validity;
import io.countersign.signing.base.SigningTime;
import java.time.Duration;
import java.time.Instant;

/** Checks the date and the expiry of a signature. */
final class DateStep {
    /** The longest validity of a V4 form, from its date (docs/protocol.md 4). */
    private static final Duration FORM_LIFE = Duration.ofDays(7);

    private DateStep() {}

    /** @throws OssRefusal as {@link Validity#check}; AccessDenied for a policy that has expired */
    static void check(Credentials credentials, OssRequest request, Instant moment) throws OssRefusal {
        switch (credentials) {
            case Credentials.None none -> {}
            case Credentials.OverRequest signed -> Validity.check(signed.presented(), request, moment);
            case Credentials.OverForm signed -> checkForm(signed.form(), moment);
        }
    }

    private static void checkForm(PostUpload.SignedForm form, Instant moment) throws OssRefusal {
        if (form.v4().isPresent()) {
            checkV4(form.v4().get(), moment);
        }
        if (moment.isAfter(form.policy().expiration())) {
            throw new OssRefusal(OssError.POLICY_EXPIRED);
        }
    }

    private static void checkV4(PostUpload.SignedForm.V4 form, Instant moment) throws OssRefusal {
        if (!SigningTime.iso(form.date()).startsWith(form.scope().date())) {
            throw new OssRefusal(OssError.FORM_SIGNING_DATE);
        }
        if (form.date().isAfter(moment.plus(Validity.MAX_SKEW))) {
            throw Validity.skewed(form.date(), moment);
        }
        if (moment.isAfter(form.date().plus(FORM_LIFE))) {
            throw Validity.expired(form.date().plus(FORM_LIFE), moment);
        }
    }
}
