/// What the stack in containers (`docker-compose.yml`) needs of us before its servers start.
package io.throughline.deploy.containers;
