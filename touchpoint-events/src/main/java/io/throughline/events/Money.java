package io.throughline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/// An amount of money: minor units (cents) of an ISO 4217 currency.
///
/// On the wire `{ "amount": "12.50", "currency": "GBP" }`: a decimal string with the currency's own number of digits.
public record Money(long minorUnits, Currency currency) {

    public Money {
        Objects.requireNonNull(currency, "currency");
    }

    /// The wire form.
    private record Wire(@JsonProperty(required = true) String amount, @JsonProperty(required = true) String currency) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    private static Money of(Wire wire) {
        return of(wire.amount(), wire.currency());
    }

    /// @throws IllegalArgumentException for an unknown currency, for more digits than the currency has, or beyond 64 bits of minor units
    public static Money of(String amount, String currency) {
        var unit = unit(currency);
        try {
            return new Money(new BigDecimal(amount).movePointRight(digits(unit)).longValueExact(), unit);
        } catch (ArithmeticException | NumberFormatException _) {
            throw new IllegalArgumentException("an amount in " + currency + " is a decimal number with at most " + digits(unit) + " digits after the point");
        }
    }

    private static Currency unit(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("a currency is a code of ISO 4217, as in GBP");
        }
    }

    @JsonValue
    private Wire wire() {
        return new Wire(amount(), currency.getCurrencyCode());
    }

    /// A decimal number with the currency's own number of digits.
    public String amount() {
        return BigDecimal.valueOf(minorUnits, digits(currency)).toPlainString();
    }

    /// Some units (gold, test codes) have no minor unit; they count whole.
    private static int digits(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    @Override
    public String toString() {
        return amount() + " " + currency.getCurrencyCode();
    }
}
