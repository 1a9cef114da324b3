package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(1_000);

    @Test
    void openFacesLeaveAQuarterToThePrivateOnes() {
        ByteBudget.Held open = budget.hold(Lane.OPEN);
        assertThat(open.take(750)).isTrue();
        assertThat(open.take(1)).isFalse();
        assertThat(budget.hold(Lane.BULK).take(1)).isFalse();
        ByteBudget.Held own = budget.hold(Lane.PRIVATE);
        assertThat(own.take(250)).isTrue();
        assertThat(own.take(1)).isFalse();
    }

    @Test
    void whatIsTakenComesBackOnce() {
        ByteBudget.Held held = budget.hold(Lane.OPEN);
        assertThat(held.take(300)).isTrue();
        assertThat(held.take(200)).isTrue();
        assertThat(budget.left()).isEqualTo(500);
        held.release();
        held.release();
        assertThat(budget.left()).isEqualTo(1_000);
    }

    @Test
    void whoGaveEverythingBackTakesNothingMore() {
        ByteBudget.Held held = budget.hold(Lane.OPEN);
        held.release();
        assertThat(held.take(1)).isFalse();
        assertThat(held.become(1)).isFalse();
        assertThat(held.become(0)).isTrue();
        assertThat(budget.left()).isEqualTo(1_000);
    }

    @Test
    void anAnswerTakesThePlaceOfItsBody() {
        ByteBudget.Held held = budget.hold(Lane.OPEN);
        assertThat(held.take(400)).isTrue();
        assertThat(held.become(700)).isTrue();
        assertThat(budget.left()).isEqualTo(300);
        assertThat(held.become(751)).isFalse();
        assertThat(budget.left()).isEqualTo(300);
        assertThat(held.become(10)).isTrue();
        assertThat(budget.left()).isEqualTo(990);
    }
}
