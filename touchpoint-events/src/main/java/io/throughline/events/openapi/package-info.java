/// What the OpenAPI documents of all services say in the same way.
package io.throughline.events.openapi;
