package io.throughline.journey.backtest;

import io.throughline.journey.ErrorCode;
import io.throughline.journey.Refusal;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.rule.Rule;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The back-tests of this process, running and ended. They read only; they end with the process.
@ApplicationScoped
public class Backtests {

    private static final int MOST_RUNNING = 2;
    private static final int MOST_KEPT = 100;

    private final Map<String, Backtest> backtests = new LinkedHashMap<>();

    /// @param id of the new back-test
    /// @throws Refusal when too many are running, or `asOf` lies ahead of what is known
    public synchronized BacktestView start(String id, Rule rule, BacktestRequest request, Journeys journeys, Instant now) {
        if (backtests.values().stream().filter(Backtest::isRunning).count() >= MOST_RUNNING) {
            throw new Refusal(ErrorCode.TOO_MANY_BACKTESTS, MOST_RUNNING + " back-tests are running; wait for one to end, or cancel it.");
        }
        var backtest = new Backtest(id, rule, request, journeys, now, Backtest.MOST_WORK);
        backtests.put(id, backtest);
        backtests.values().stream().filter(old -> !old.isRunning()).limit(Math.max(0, backtests.size() - MOST_KEPT)).toList()
                .forEach(old -> backtests.values().remove(old));
        Thread.ofVirtual().name("backtest-" + id).start(backtest);
        return backtest.view();
    }

    public synchronized BacktestView view(String id) {
        return find(id).view();
    }

    public synchronized BacktestView cancel(String id) {
        var backtest = find(id);
        backtest.cancel();
        return backtest.view();
    }

    private Backtest find(String id) {
        var backtest = backtests.get(id);
        if (backtest == null) {
            throw new Refusal(ErrorCode.BACKTEST_UNKNOWN, "There is no such back-test since this process started; the last " + MOST_KEPT + " are kept.");
        }
        return backtest;
    }
}
