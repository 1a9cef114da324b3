package io.countersign.gateway.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The labels of codes. They are a closed set: the codes in the file {@code codes.txt}, {@value #NONE} and {@value #OTHER}. In the file, a code that ends in {@code *} is the label of all codes with this beginning.
 */
public final class CodeLabels {
    /** Of a reply without a code. The logs of the Lambdas use the same word. */
    static final String NONE = "OK";

    /** Of a code that the file does not have. */
    static final String OTHER = "Other";

    private static final String FILE = "codes.txt";
    private static final String ANY = "*";

    private final Map<String, String> exact = new HashMap<>();
    private final List<String> families;

    private CodeLabels(List<String> codes) {
        codes.stream().filter(code -> !code.endsWith(ANY)).forEach(code -> exact.put(code, code));
        families = codes.stream().filter(code -> code.endsWith(ANY)).toList();
    }

    public static CodeLabels ofThisProgram() {
        try (InputStream in = CodeLabels.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + FILE);
            }
            return new CodeLabels(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the label. It does not allocate for a code of the file. */
    public String of(Optional<String> code) {
        if (code.isEmpty()) {
            return NONE;
        }
        String known = exact.get(code.get());
        return known == null ? family(code.get()) : known;
    }

    private String family(String code) {
        for (String family : families) {
            if (code.startsWith(family.substring(0, family.length() - ANY.length()))) {
                return family;
            }
        }
        return OTHER;
    }
}
