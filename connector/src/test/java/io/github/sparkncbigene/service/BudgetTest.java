package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {
    private static Budget budget(int most, long bytes, int... shares) {
        Budget budget = new Budget(most, bytes);
        for (int share : shares) {
            budget.register(share);
        }
        return budget;
    }

    private static int openAll(Budget budget) {
        int opened = 0;
        while (budget.tryOpen()) {
            opened++;
        }
        return opened;
    }

    @Test
    void tasksPoolTheirSharesAndNeverExceedTheWhole() {
        assertThat(openAll(budget(64, 1000, 8, 8))).isEqualTo(16);
        assertThat(openAll(budget(64, 1000, 64, 64, 64))).isEqualTo(64);
        assertThat(openAll(budget(64, 1000))).isEqualTo(1);
    }

    @Test
    void anAnswerThatWaitsToBeReadCounts() {
        Budget budget = budget(2, 1000, 2);
        assertThat(openAll(budget)).isEqualTo(2);
        budget.received(10);
        assertThat(budget.tryOpen()).isFalse();
        budget.release(10);
        assertThat(budget.tryOpen()).isTrue();
        budget.failed();
        assertThat(budget.tryOpen()).isTrue();
        budget.failed();
        budget.failed();
    }

    @Test
    void whatSomebodyWaitsForIsOpenedWhateverTheBounds() {
        Budget budget = budget(1, 1000, 1);
        assertThat(budget.tryOpen()).isTrue();
        budget.open();
        assertThat(budget.tryOpen()).isFalse();
        budget.failed();
        assertThat(budget.tryOpen()).isFalse();
        budget.failed();
        assertThat(budget.tryOpen()).isTrue();
        budget.failed();
    }

    @Test
    void bytesOfAllServicesAreOneJvmsAndThoseToComeAreReckonedWith() {
        Budget one = budget(100, 10_000, 100);
        Budget other = budget(100, 10_000, 100);
        one.open();
        one.received(9_900);
        assertThat(other.tryOpen())
                .as("of nothing is known how large it will be")
                .isTrue();
        other.received(101);
        assertThat(other.tryOpen()).isFalse();
        one.release(9_900);

        int opened = openAll(other);
        assertThat(opened).as("as many as fit, as large as the one that came").isBetween(10, 99);
        other.release(101);
        for (int i = 0; i < opened; i++) {
            other.failed();
        }
        assertThat(openAll(other)).isEqualTo(100);
    }
}
