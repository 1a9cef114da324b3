package io.countersign.oss;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The parameter {@code x-oss-countersign-once}, with which a V4 URL is good for one request. It is Countersign's own: OSS ignores it. Its value is 128 random bits, as 32 hexadecimal digits in
 * lower case, so that each value has one spelling.
 */
public final class OnceParameter {
    public static final String NAME = "x-oss-countersign-once";

    /** The beginning of all parameters of Countersign's own. */
    private static final String OWN = "x-oss-countersign-";

    private static final int BYTES = 16;
    private static final int DIGITS = 2 * BYTES;
    private static final HexFormat HEX = HexFormat.of();

    private OnceParameter() {}

    /** Makes one. */
    public static QueryParameter of(RandomGenerator random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return QueryParameter.of(NAME, HEX.formatHex(bits));
    }

    /**
     * Returns the value in a query; empty when the query has no such parameter.
     *
     * @throws OssRefusal InvalidArgument when it is there twice, is malformed, or has another spelling of its name: who signed it wanted a bound, so that it is never ignored
     */
    public static Optional<String> read(QueryParameters query) throws OssRefusal {
        for (QueryParameter parameter : query.list()) {
            if (AsciiCase.startsWith(parameter.name(), OWN) && !parameter.name().equals(NAME)) {
                throw refused("The parameter " + Quoted.of(parameter.name()) + " is none of Countersign's; write "
                        + NAME + " in lower case, or leave it out.");
            }
        }
        List<String> values = query.all(NAME);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1 || !isValue(values.getFirst())) {
            throw refused(NAME + " must be there once, with " + DIGITS
                    + " hexadecimal digits in lower case; ask /presign for a URL with it.");
        }
        return Optional.of(values.getFirst());
    }

    private static boolean isValue(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}
