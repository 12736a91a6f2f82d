package blackbox.window;

import io.tradeops.core.window.PriceMove;
import io.tradeops.core.window.PriceMove.Tick;
import io.tradeops.core.window.PriceMoveRule;
import io.tradeops.core.window.PriceMoveRule.Direction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a price move is, slow and obvious: every tick is compared with every earlier one, in {@link BigDecimal}. */
final class PriceMoveReference {

    private final PriceMoveRule rule;
    private final List<Tick> ticks = new ArrayList<>();
    private boolean armed = true;

    PriceMoveReference(PriceMoveRule rule) {
        this.rule = rule;
    }

    Optional<PriceMove> onTick(Tick tick) {
        Optional<Tick> reference = reference(tick).filter(from -> breaks(from, tick));
        ticks.add(tick);
        boolean fires = armed && reference.isPresent();
        armed = reference.isEmpty();
        return fires ? reference.map(from -> new PriceMove(rule, from, tick)) : Optional.empty();
    }

    private Optional<Tick> reference(Tick tick) {
        Tick best = null;
        for (int i = ticks.size() - 1; i >= 0 && isInWindow(ticks.get(i), tick); i--) {
            Tick earlier = ticks.get(i);
            if (best == null || isBetter(earlier, best)) {
                best = earlier;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isInWindow(Tick earlier, Tick tick) {
        return tick.epochNanos() - earlier.epochNanos() <= rule.window().toNanos();
    }

    private boolean isBetter(Tick one, Tick other) {
        return rule.direction() == Direction.UP
                ? one.priceUnits() < other.priceUnits()
                : one.priceUnits() > other.priceUnits();
    }

    private boolean breaks(Tick from, Tick to) {
        BigDecimal start = BigDecimal.valueOf(from.priceUnits());
        BigDecimal change = BigDecimal.valueOf(to.priceUnits()).subtract(start);
        BigDecimal move = rule.direction() == Direction.UP ? change : change.negate();
        return move.multiply(BigDecimal.valueOf(100))
                        .compareTo(rule.thresholdPercent().multiply(start))
                > 0;
    }
}
