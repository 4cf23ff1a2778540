/// The service around it all: configuration, wiring, health and figures.
@NullMarked
package io.throughline.ingest.service;

import org.jspecify.annotations.NullMarked;
