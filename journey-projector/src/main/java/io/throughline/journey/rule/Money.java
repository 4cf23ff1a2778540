package io.throughline.journey.rule;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/// An amount of a currency.
///
/// @param minorUnits pence, cents; of the currency's own number of digits
public record Money(long minorUnits, Currency currency) {

    public Money {
        Objects.requireNonNull(currency, "currency");
    }

    /// @param amount a decimal, as in `12.50`, not finer than the currency's minor unit
    /// @param currency ISO 4217, as in `GBP`
    /// @throws IllegalArgumentException with what is wrong
    public static Money parse(String amount, String currency) {
        try {
            var unit = Currency.getInstance(currency);
            return new Money(new BigDecimal(amount).movePointRight(unit.getDefaultFractionDigits()).longValueExact(), unit);
        } catch (IllegalArgumentException | ArithmeticException _) {
            throw new IllegalArgumentException("money is a decimal amount and a currency of ISO 4217, as in amount: \"12.50\", currency: GBP");
        }
    }

    /// The decimal form on the wire.
    public String amount() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()).toPlainString();
    }
}
