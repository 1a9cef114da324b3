package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(1_000);

    @Test
    void openFacesLeaveAQuarterToThePrivateOnes() {
        ByteBudget.Reservation open = budget.reserve(Lane.OPEN);
        assertThat(open.grow(750)).isTrue();
        assertThat(open.grow(1)).isFalse();
        assertThat(budget.reserve(Lane.BULK).grow(1)).isFalse();
        ByteBudget.Reservation own = budget.reserve(Lane.PRIVATE);
        assertThat(own.grow(250)).isTrue();
        assertThat(own.grow(1)).isFalse();
    }

    @Test
    void oneOwnerMayTakeAllAndNoMore() {
        ByteBudget.Reservation first = budget.reserve();
        ByteBudget.Reservation second = budget.reserve();
        assertThat(first.grow(600)).isTrue();
        assertThat(second.grow(401)).isFalse();
        assertThat(second.grow(400)).isTrue();
        assertThat(first.grow(1)).isFalse();
        first.release();
        assertThat(second.grow(600)).isTrue();
        second.release();
        assertThat(budget.reserve().grow(1_000)).isTrue();
    }

    @Test
    void returnsReservedBytesOnce() {
        ByteBudget.Reservation reservation = budget.reserve(Lane.OPEN);
        assertThat(reservation.grow(300)).isTrue();
        assertThat(reservation.grow(200)).isTrue();
        assertThat(budget.available()).isEqualTo(500);
        reservation.release();
        reservation.release();
        assertThat(budget.available()).isEqualTo(1_000);
    }

    @Test
    void reservesNothingAfterItsRelease() {
        ByteBudget.Reservation reservation = budget.reserve(Lane.OPEN);
        reservation.release();
        assertThat(reservation.grow(1)).isFalse();
        assertThat(reservation.resize(1)).isFalse();
        assertThat(reservation.resize(0)).isTrue();
        assertThat(budget.available()).isEqualTo(1_000);
    }

    @Test
    void anAnswerTakesThePlaceOfItsBody() {
        ByteBudget.Reservation reservation = budget.reserve(Lane.OPEN);
        assertThat(reservation.grow(400)).isTrue();
        assertThat(reservation.resize(700)).isTrue();
        assertThat(budget.available()).isEqualTo(300);
        assertThat(reservation.resize(751)).isFalse();
        assertThat(budget.available()).isEqualTo(300);
        assertThat(reservation.resize(10)).isTrue();
        assertThat(budget.available()).isEqualTo(990);
    }
}
