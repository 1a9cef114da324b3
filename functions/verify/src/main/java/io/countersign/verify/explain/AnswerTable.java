package io.countersign.verify.explain;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The explanations of servers' errors, from one file: a row for each EC, code and AccessDeniedDetail that is known (help.aliyun.com and alibabacloud.com, OSS: "HTTP 403", "HTTP 400" and "HTTP 203 status code", and the pages of the ECs; RAM:
 * "How do I troubleshoot an access denied error"; docs/protocol.md 8, 13).
 */
final class AnswerTable {
    /** The table in the program's resources. */
    static final AnswerTable KNOWN = load("answers.json");

    private final List<AnswerRow> rows;
    private final Map<String, AnswerRow> byEc = new HashMap<>();
    private final Map<AnswerRow.Denial, AnswerRow> byDenial = new HashMap<>();

    /** @throws IllegalStateException when two rows have the same EC or the same denial */
    AnswerTable(List<AnswerRow> rows) {
        this.rows = List.copyOf(rows);
        for (AnswerRow row : rows) {
            row.ecs().forEach(ec -> put(byEc, ec, row));
            row.denial().ifPresent(denial -> put(byDenial, denial, row));
        }
    }

    private static <K> void put(Map<K, AnswerRow> map, K key, AnswerRow row) {
        if (map.put(key, row) != null) {
            throw new IllegalStateException("two rows are about " + key);
        }
    }

    private static AnswerTable load(String resource) {
        try (InputStream in = AnswerTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            List<AnswerRow> rows = new ArrayList<>();
            for (Value row : Members.array(Values.parse(in.readAllBytes()))) {
                rows.add(AnswerRow.read(row));
            }
            return new AnswerTable(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException(resource + ", " + e.location() + ": " + e.problem(), e);
        }
    }

    List<AnswerRow> rows() {
        return rows;
    }

    Optional<AnswerRow> byEc(ServerError error) {
        return error.ec().map(byEc::get);
    }

    /** Finds a row by the code and the message, or else by the code only. */
    Optional<AnswerRow> byCode(ServerError error) {
        return rows.stream()
                .filter(row -> row.matches(error, false))
                .findFirst()
                .or(() -> rows.stream().filter(row -> row.matches(error, true)).findFirst());
    }

    /** Finds a row by AccessDeniedDetail, if the error says whether a policy denies or none allows. */
    Optional<AnswerRow> byDenial(ServerError error) {
        return error.element("NoPermissionType").flatMap(kind -> {
            String type = error.element("PolicyType").orElse("");
            return Optional.ofNullable(byDenial.get(new AnswerRow.Denial(type, kind)))
                    .or(() -> Optional.ofNullable(byDenial.get(new AnswerRow.Denial("", kind))));
        });
    }

    /**
     * The cause with this name, which the request's text shows and no answer.
     *
     * @throws IllegalArgumentException when not exactly one row has that name
     */
    Explained.Cause named(String cause) {
        List<AnswerRow> named =
                rows.stream().filter(row -> row.cause().equals(cause)).toList();
        if (named.size() != 1) {
            throw new IllegalArgumentException(named.size() + " rows are named " + cause);
        }
        AnswerRow row = named.getFirst();
        return new Explained.Cause(cause, row.sentence().fill(name -> Optional.empty()), row.page());
    }
}
