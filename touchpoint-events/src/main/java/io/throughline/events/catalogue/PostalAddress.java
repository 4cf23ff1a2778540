package io.throughline.events.catalogue;

import java.util.List;

/// @param country ISO 3166-1 alpha-2
public record PostalAddress(
        @Meaning(value = "house and street, as on a letter", example = "7 Harbour View") List<String> lines,
        @Meaning(example = "BS1 6UZ") String postcode,
        @Meaning(example = "Bristol") String city,
        @Meaning(value = "two letters of ISO 3166-1", example = "GB") String country) {
    public PostalAddress {
        lines = lines == null ? List.of() : List.copyOf(lines);
    }
}
