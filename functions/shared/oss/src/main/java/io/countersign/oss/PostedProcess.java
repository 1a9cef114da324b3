package io.countersign.oss;

import java.util.List;
import java.util.Optional;

/**
 * The process of a ProcessObject or AsyncProcessObject: the value of its parameter, or the body where the parameter
 * has no value (docs/protocol.md 13). It must name a target, because its result has to be saved.
 */
record PostedProcess(String parameter, OssRequest request) {
    /** The largest number of characters of a process. */
    static final int MAX_LENGTH = 4 * 1024;

    private static final int MAX_SAVED = 10;

    /**
     * Returns the text; empty when the body is unknown.
     *
     * @throws OssRefusal InvalidArgument when both parameter and body have a process, or its reading is ambiguous
     */
    Optional<String> process(Optional<String> body) throws OssRefusal {
        String inUrl = request.query().first(parameter).orElse("");
        if (!inUrl.isEmpty() && body.isPresent()) {
            throw refused("The URL has a process, so the body has none; leave process out.");
        }
        if (!inUrl.isEmpty()) {
            return Optional.of(inUrl);
        }
        return body.isEmpty() ? Optional.empty() : Optional.of(plain(body.get()));
    }

    /**
     * Returns the targets.
     *
     * @throws OssRefusal InvalidArgument when there are no targets, more than ten, or an ambiguous one
     */
    List<Scope> saved(String process, String bucket) throws OssRefusal {
        List<Scope> saved = CopySource.SaveAs.targets(process, bucket);
        if (saved.isEmpty() || saved.size() > MAX_SAVED) {
            throw refused("The process does not say where its result goes, or names more than " + MAX_SAVED
                    + " places; end each with |sys/saveas,o_<key>,b_<bucket>.");
        }
        return saved;
    }

    /** Text that a storage might decode or split is refused, because the storage would read another process. */
    private String plain(String body) throws OssRefusal {
        String beginning = parameter + "=";
        String process = body.startsWith(beginning) ? body.substring(beginning.length()) : body;
        boolean plain = process.chars().allMatch(c -> c > ' ' && c < 0x7F && "%&+\\\"".indexOf(c) < 0);
        if (process.isEmpty() || process.length() > MAX_LENGTH || !plain || process.startsWith("x-oss-")) {
            throw refused(
                    "The process in the body is empty, longer than " + MAX_LENGTH
                            + " characters, another parameter's, or has a character that may be decoded or split (%, &, +, a blank, or beyond ASCII); write it as OSS's SDKs do.");
        }
        return process;
    }

    private static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}
