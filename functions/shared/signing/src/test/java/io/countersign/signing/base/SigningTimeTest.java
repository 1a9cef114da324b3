package io.countersign.signing.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTimeTest {
    /** Up to the end of the year 9999. */
    private static final long LAST = 253_402_300_799L;

    @Property
    void writesAndReadsWhatJavasFormattersWrite(@ForAll @LongRange(max = LAST) long second) {
        Instant moment = Instant.ofEpochSecond(second, 999);
        String iso = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(moment);
        String rfc = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(moment);
        String oneDigit = DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
        assertThat(SigningTime.iso(moment)).isEqualTo(iso);
        assertThat(SigningTime.rfc1123(moment)).isEqualTo(rfc);
        assertThat(SigningTime.parse(iso)).contains(Instant.ofEpochSecond(second));
        assertThat(SigningTime.parse(rfc)).contains(Instant.ofEpochSecond(second));
        assertThat(SigningTime.parse(oneDigit)).contains(Instant.ofEpochSecond(second));
    }

    @Property
    void anyOtherTextIsNoMomentAndNoException(@ForAll String text) {
        assertThat(SigningTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20261122T025236Z", "Sun, 22 Nov 2026 02:52:36 GMT", "Mon, 2 Nov 2026 02:52:36 GMT"})
    void oneWrongCharacterSpoilsAMoment(String text) {
        assertThat(SigningTime.parse(text)).isPresent();
        for (int i = 0; i < text.length(); i++) {
            for (char wrong : new char[] {'x', '/', ';'}) {
                String spoiled = text.substring(0, i) + wrong + text.substring(i + 1);
                assertThat(SigningTime.parse(spoiled)).as(spoiled).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "19700101T000000Z, true",
        "19691231T235959Z, false",
        "20261231T235959Z, true",
        "20260001T000000Z, false",
        "20261301T000000Z, false",
        "20260100T000000Z, false",
        "20260132T000000Z, false",
        "20260101T240000Z, false",
        "20260101T006000Z, false",
        "20260101T000060Z, false",
        "20280229T000000Z, true",
        "20260229T000000Z, false",
    })
    void aMomentIsOneThatTheCalendarHas(String text, boolean taken) {
        assertThat(SigningTime.parse(text).isPresent()).isEqualTo(taken);
        assertThat(SigningTime.parseIso(text).isPresent()).isEqualTo(taken);
    }

    @Test
    void isoOnlyMeansIsoOnly() {
        assertThat(SigningTime.parseIso("20261122T025236Z")).isPresent();
        assertThat(SigningTime.parseIso("Sun, 22 Nov 2026 02:52:36 GMT")).isEmpty();
    }
}
