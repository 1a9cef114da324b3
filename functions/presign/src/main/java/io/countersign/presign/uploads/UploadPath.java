package io.countersign.presign.uploads;

import io.countersign.registry.IdSyntax;
import io.countersign.registry.Upload;
import java.util.List;
import java.util.Optional;

/**
 * What a path below {@code /uploads/} asks for. The paths below {@code s3} are those of Companion (github.com/transloadit/uppy, {@code packages/@uppy/companion/src/server/controllers/s3.js}).
 */
sealed interface UploadPath {
    /** The prefix of all paths. */
    String PREFIX = "/uploads/";

    /** The name of the upload. */
    String name();

    /** The methods that the path allows. */
    List<String> methods();

    /** {@code NAME}: begins an upload. */
    record Begin(String name) implements UploadPath {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** {@code NAME/s3/params}: a form. */
    record Params(String name) implements UploadPath {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }

    /** {@code NAME/s3/multipart}: begins a multipart upload. */
    record Create(String name) implements UploadPath {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** A path of one multipart upload. */
    sealed interface OfMultipart extends UploadPath {
        /** The sealed id, not yet opened. */
        String uploadId();
    }

    /** {@code NAME/s3/multipart/ID}: lists the parts, or aborts. */
    record Parts(String name, String uploadId) implements OfMultipart {
        @Override
        public List<String> methods() {
            return List.of("GET", "DELETE");
        }
    }

    /** {@code NAME/s3/multipart/ID/NUMBER}: signs one part. */
    record Part(String name, String uploadId, int number) implements OfMultipart {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }

    /** {@code NAME/s3/multipart/ID/batch}: signs several parts. */
    record Batch(String name, String uploadId) implements OfMultipart {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }

    /** {@code NAME/s3/multipart/ID/complete}: completes with the parts that the client lists. */
    record CompleteListed(String name, String uploadId) implements OfMultipart {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** {@code NAME/multipart/ID/complete}: completes with all parts. */
    record Complete(String name, String uploadId) implements OfMultipart {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }

        static String of(String name, String uploadId) {
            return PREFIX + name + "/multipart/" + uploadId + "/complete";
        }
    }

    /** {@code NAME/multipart/ID/abort}. */
    record Abort(String name, String uploadId) implements OfMultipart {
        @Override
        public List<String> methods() {
            return List.of("POST", "DELETE");
        }

        static String of(String name, String uploadId) {
            return PREFIX + name + "/multipart/" + uploadId + "/abort";
        }
    }

    /**
     * Reads a path. Nothing is decoded: no name and no sealed id needs percent-encoding.
     *
     * @param path of a request, as it was sent
     * @return empty when the path does not exist
     */
    static Optional<UploadPath> of(String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        List<String> segments = List.of(path.substring(PREFIX.length()).split("/", -1));
        String name = segments.getFirst();
        return IdSyntax.isUploadName(name) ? below(name, segments.subList(1, segments.size())) : Optional.empty();
    }

    private static Optional<UploadPath> below(String name, List<String> segments) {
        if (segments.isEmpty()) {
            return Optional.of(new Begin(name));
        }
        List<String> rest = segments.subList(1, segments.size());
        return switch (segments.getFirst()) {
            case "s3" -> companion(name, rest);
            case "multipart" -> own(name, rest);
            default -> Optional.empty();
        };
    }

    private static Optional<UploadPath> own(String name, List<String> segments) {
        if (segments.size() != 2 || segments.getFirst().isEmpty()) {
            return Optional.empty();
        }
        return switch (segments.get(1)) {
            case "complete" -> Optional.of(new Complete(name, segments.getFirst()));
            case "abort" -> Optional.of(new Abort(name, segments.getFirst()));
            default -> Optional.empty();
        };
    }

    private static Optional<UploadPath> companion(String name, List<String> segments) {
        if (segments.equals(List.of("params"))) {
            return Optional.of(new Params(name));
        }
        if (segments.isEmpty() || !segments.getFirst().equals("multipart")) {
            return Optional.empty();
        }
        if (segments.size() == 1) {
            return Optional.of(new Create(name));
        }
        String id = segments.get(1);
        if (id.isEmpty() || segments.size() > 3) {
            return Optional.empty();
        }
        if (segments.size() == 2) {
            return Optional.of(new Parts(name, id));
        }
        return switch (segments.get(2)) {
            case "batch" -> Optional.of(new Batch(name, id));
            case "complete" -> Optional.of(new CompleteListed(name, id));
            default -> partNumber(segments.get(2)).map(number -> new Part(name, id, number));
        };
    }

    /** 1 to {@value Upload#MAX_PARTS} in decimals, without leading zeros. */
    static Optional<Integer> partNumber(String text) {
        if (text.isEmpty() || text.length() > 5 || text.charAt(0) == '0') {
            return Optional.empty();
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            number = 10 * number + c - '0';
        }
        return number <= Upload.MAX_PARTS ? Optional.of(number) : Optional.empty();
    }
}
