/// HTTP in and out. Routes on Vert.x itself rather than resources: each route refuses, pauses and counts its body while that arrives.
@NullMarked
package io.throughline.ingest.http;

import org.jspecify.annotations.NullMarked;
