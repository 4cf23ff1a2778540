package io.throughline.events.catalogue;

import java.util.List;

/// @param country ISO 3166-1 alpha-2
public record PostalAddress(List<String> lines, String postcode, String city, String country) {
    public PostalAddress {
        lines = lines == null ? List.of() : List.copyOf(lines);
    }
}
