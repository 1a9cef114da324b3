package io.countersign.oss;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The steps of a process besides saving: {@code image/resize,w_100|image/watermark,image_<object>}. The image steps of
 * OSS itself need only the object; all others are executed by IMM and need {@code oss:ProcessImm} (help.aliyun.com,
 * "Permissions" of IMM on OSS). Further objects of a step, in URL-safe Base64, are read like the object itself.
 */
final class ProcessSteps {
    static final String IMM = "oss:ProcessImm";

    /**
     * Executed by OSS itself (pages "Image processing parameters", "Video snapshots"). A style consists of such steps,
     * and {@code sys/} steps are no processing.
     */
    private static final Set<String> OWN = Set.of(
            "image/auto-orient",
            "image/average-hue",
            "image/blur",
            "image/bright",
            "image/circle",
            "image/contrast",
            "image/crop",
            "image/format",
            "image/indexcrop",
            "image/info",
            "image/interlace",
            "image/quality",
            "image/resize",
            "image/rotate",
            "image/rounded-corners",
            "image/sharpen",
            "image/watermark",
            "hls/sign",
            "video/snapshot");

    private static final List<String> OWN_KINDS = List.of("style/", "sys/");

    private ProcessSteps() {}

    /**
     * Whether IMM executes a step. A step without a name continues the one before it: {@code
     * image/resize,w_1/blur,r_3}.
     */
    static boolean needImm(String process) {
        for (String step : process.split("\\|", -1)) {
            if (OWN_KINDS.stream().noneMatch(step::startsWith) && !isOwn(step)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwn(String step) {
        int slash = step.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String kind = step.substring(0, slash + 1);
        for (String operation : step.substring(slash + 1).split("/", -1)) {
            int comma = operation.indexOf(',');
            if (!OWN.contains(kind + (comma < 0 ? operation : operation.substring(0, comma)))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the objects of the bucket that watermarks and concatenations read.
     *
     * @throws OssRefusal InvalidArgument when one cannot be decoded
     */
    static List<Scope> read(String process, String bucket) throws OssRefusal {
        List<Scope> read = new ArrayList<>(1);
        for (String step : process.split("[|/]", -1)) {
            String[] parts = step.split(",", -1);
            // video/concat,f_mp4/pre,o_<object>/sur,o_<object> in current pages, video/concat,pre_<object> in older
            // ones.
            List<String> names =
                    switch (parts[0]) {
                        case "watermark" -> List.of("image_");
                        case "concat" -> List.of("pre_", "sur_");
                        case "pre", "sur" -> List.of("o_");
                        default -> List.of();
                    };
            for (String part : parts) {
                for (String name : names) {
                    if (part.startsWith(name)) {
                        read.add(object(part.substring(name.length()), bucket));
                    }
                }
            }
        }
        return read;
    }

    /** A watermark may be processed itself: {@code logo.png?x-oss-process=image/resize,P_30}. */
    private static Scope object(String encoded, String bucket) throws OssRefusal {
        String text = ProcessText.decode(encoded);
        int question = text.indexOf("?x-oss-process=");
        return Target.object(bucket, BucketName.ObjectName.checked(question < 0 ? text : text.substring(0, question)));
    }

    /** Names of objects and buckets in a process: UTF-8 in URL-safe Base64, with or without padding. */
    static final class ProcessText {
        private ProcessText() {}

        /** @throws OssRefusal InvalidArgument when the text cannot be decoded */
        static String decode(String encoded) throws OssRefusal {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                        .toString();
            } catch (IllegalArgumentException | CharacterCodingException e) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "A name in the process is not UTF-8 in URL-safe Base64; encode the keys of watermarks, of concatenated objects and of |sys/saveas so.");
            }
        }
    }
}
