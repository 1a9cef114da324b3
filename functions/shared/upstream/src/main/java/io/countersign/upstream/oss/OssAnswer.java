package io.countersign.upstream.oss;

import io.countersign.http.Bytes;
import io.countersign.oss.ErrorDocument;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Target;
import io.countersign.upstream.AnswerBody;
import io.countersign.upstream.AnswerHead;
import io.countersign.upstream.AnswerTranslator;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.UpstreamFault;
import io.countersign.upstream.WholeAnswer;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import io.countersign.upstream.xml.XmlReader;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Translates the answer of a store that speaks OSS. The client's bucket, owner and host take the places of the store's;
 * an error is told in our words.
 */
record OssAnswer(JudgedRequest judged) implements AnswerTranslator {
    /** A list of 1,000 objects with the longest names has some 4 MiB. */
    private static final int MAX_DOCUMENT = 8 * 1024 * 1024;

    private static final int MAX_ERROR = 64 * 1024;
    private static final int MAX_ELEMENTS = 64;
    private static final Pattern EC = Pattern.compile("[0-9]{4}-[0-9]{8}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    @Override
    public boolean namesBucket() {
        return OssDocuments.namesBucket(judged.operation());
    }

    @Override
    public AnswerHead head(int status, Headers fromStore, String requestId) throws UpstreamFault {
        Headers own = Headers.NONE.and("x-oss-request-id", requestId);
        boolean head = judged.oss().method() == HttpMethod.HEAD;
        if (status >= 200 && status < 300) {
            return success(status, fromStore, own, head);
        }
        if (status == 304) {
            return new AnswerHead(status, OssAnswerHeaders.of(fromStore, own, false), new AnswerBody.None());
        }
        if (status < 400 || status == 401 || status == 429 || status >= 500 && status != 501) {
            throw unexpected(status);
        }
        Headers told = numbers(fromStore, own);
        if (!head) {
            return new AnswerHead(
                    status, told.and("content-type", "application/xml"), new AnswerBody.Rewritten(MAX_ERROR));
        }
        ErrorDocument error = document(status, errorOfHead(fromStore), requestId);
        return new AnswerHead(status, told.and("x-oss-err", error.headerValue()), new AnswerBody.None());
    }

    @Override
    public WholeAnswer whole(int status, Headers fromStore, Bytes body, String requestId) throws UpstreamFault {
        return new WholeAnswer(
                head(status, fromStore, requestId),
                status >= 400
                        ? Bytes.utf8(document(status, body, requestId).xml())
                        : OssDocuments.rewritten(judged, body));
    }

    private AnswerHead success(int status, Headers fromStore, Headers own, boolean head) throws UpstreamFault {
        AnswerBody body = head ? new AnswerBody.None() : OssDocuments.use(judged.operation(), MAX_DOCUMENT);
        boolean length = head || body instanceof AnswerBody.Streamed;
        return new AnswerHead(status, OssAnswerHeaders.of(fromStore, own, length), body);
    }

    /** Where an append has to go on, and OSS's number of the error. */
    private static Headers numbers(Headers fromStore, Headers own) {
        Headers told = own;
        Optional<String> ec =
                fromStore.first("x-oss-ec").filter(text -> EC.matcher(text).matches());
        if (ec.isPresent()) {
            told = told.and("x-oss-ec", ec.get());
        }
        Optional<String> position = fromStore
                .first("x-oss-next-append-position")
                .filter(text -> NUMBER.matcher(text).matches());
        return position.isPresent() ? told.and("x-oss-next-append-position", position.get()) : told;
    }

    /** The answer to a HEAD has its document in a header, in Base64 (docs/protocol.md 8). */
    private static Bytes errorOfHead(Headers fromStore) throws UpstreamFault {
        String text = fromStore.first("x-oss-err").orElse("");
        try {
            return text.length() > MAX_ERROR
                    ? Bytes.EMPTY
                    : Bytes.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new UpstreamFault("The store's answer to HEAD has an x-oss-err that is not Base64.");
        }
    }

    private ErrorDocument document(int status, Bytes fromStore, String requestId) throws UpstreamFault {
        Optional<XmlElement> document = fromStore.isEmpty() ? Optional.empty() : Optional.of(read(status, fromStore));
        String code = document.flatMap(error -> error.textOf("Code")).orElse("").strip();
        Optional<OssErrors> error = document.isEmpty() ? OssErrors.of(status) : OssErrors.of(code, status);
        if (error.isEmpty()) {
            throw new UpstreamFault("The store answered " + status + " with the code " + shown(code)
                    + ", which is not one for a client.");
        }
        String ec = document.flatMap(found -> found.textOf("EC"))
                .filter(text -> EC.matcher(text).matches())
                .orElse(error.get().ec());
        return new ErrorDocument(
                error.get().code(),
                ec,
                error.get().message(),
                details(document),
                requestId,
                judged.oss().address().authority());
    }

    private static XmlElement read(int status, Bytes fromStore) throws UpstreamFault {
        try {
            XmlElement document = XmlReader.read(fromStore, MAX_ELEMENTS);
            if (document.name().equals("Error")) {
                return document;
            }
        } catch (MalformedXmlException e) {
            // Told below, like a document of another kind.
        }
        throw new UpstreamFault("The store answered " + status + " with something other than an error of OSS.");
    }

    private Map<String, String> details(Optional<XmlElement> document) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("BucketName", judged.bucket().name());
        if (judged.oss().target() instanceof Target.ObjectKey object) {
            details.put("Key", object.key());
        }
        for (XmlElement child : document.map(XmlElement::children).orElseGet(List::of)) {
            if (OssErrors.DETAILS.contains(child.name())
                    && NUMBER.matcher(child.text()).matches()) {
                details.put(child.name(), child.text());
            }
        }
        return details;
    }

    private static UpstreamFault unexpected(int status) {
        return new UpstreamFault(
                "The store answered " + status + ": it refuses our signature, cannot serve, or the bucket's"
                        + " upstream is not what its manifest says.");
    }

    /** A code for the log: letters, so that a store writes no line of its own there. */
    private static String shown(String code) {
        boolean plain = !code.isEmpty() && code.length() <= 64 && code.chars().allMatch(Character::isLetterOrDigit);
        return plain ? code : "(none)";
    }
}
