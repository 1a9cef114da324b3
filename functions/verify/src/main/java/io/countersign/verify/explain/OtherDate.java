package io.countersign.verify.explain;

import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Another date in the string to sign than the one that counts: x-oss-date where it is sent, else Date (protocol.md 1.1, 3). */
record OtherDate() implements NearMiss {
    private static final int V1_LINE = 3;

    @Override
    public List<Variation> of(Failed failed) {
        Set<String> dates = new LinkedHashSet<>();
        dates.add(failed.header("date"));
        dates.add(failed.header("x-oss-date"));
        for (String text : List.of(Texts.date(failed), failed.header("date"))) {
            Optional<Instant> moment = SigningTime.parse(text);
            if (moment.isPresent()) {
                dates.add(SigningTime.iso(moment.get()));
                dates.add(SigningTime.rfc1123(moment.get()));
            }
        }
        dates.add("");
        dates.remove(Texts.date(failed));
        List<Variation> variations = new ArrayList<>(dates.size());
        for (String date : dates) {
            variations.addAll(of(failed, date));
        }
        return variations;
    }

    private static List<Variation> of(Failed failed, String date) {
        Cause cause = new Cause(
                "Date",
                "The date in the signed text is " + (date.isEmpty() ? "empty" : Quoted.of(date))
                        + " but the request's is " + Quoted.of(Texts.date(failed))
                        + "; sign the value of x-oss-date exactly as it is sent, or that of Date where there is no x-oss-date.");
        return switch (failed.version()) {
            case V1 ->
                Texts.v1(failed, cause, text -> {
                    List<String> lines = Texts.lines(text);
                    lines.set(V1_LINE, date);
                    return String.join("\n", lines);
                });
            case V2 -> List.of();
            case V4 ->
                Texts.v4(failed).stream()
                        .map(text -> Texts.scoped(failed, date, text, cause))
                        .toList();
        };
    }
}
