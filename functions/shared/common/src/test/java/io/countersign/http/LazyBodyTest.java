package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LazyBodyTest {
    private int parses;

    @Test
    void aBodyIsParsedOnFirstUseAndOnce() throws ProblemException {
        LazyBody<String> body = new LazyBody<>(() -> "parse " + ++parses);
        assertThat(parses).isZero();
        assertThat(body.ifValid()).contains("parse 1");
        assertThat(body.get()).isEqualTo("parse 1");
        assertThat(parses).isEqualTo(1);
    }

    @Test
    void aRefusalIsKept() {
        ProblemException refusal = new ProblemException(ProblemException.Problem.bodyTooLarge(1));
        LazyBody<String> body = new LazyBody<>(() -> {
            parses++;
            throw refusal;
        });
        assertThat(body.ifValid()).isEmpty();
        assertThatThrownBy(body::get).isSameAs(refusal);
        assertThatThrownBy(body::get).isSameAs(refusal);
        assertThat(parses).isEqualTo(1);
    }
}
