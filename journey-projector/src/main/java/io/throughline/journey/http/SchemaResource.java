package io.throughline.journey.http;

import io.throughline.journey.access.Roles;
import io.throughline.journey.rule.file.RuleFiles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/// The JSON Schema of what people write.
@Path("/v1/schemas")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class SchemaResource {

    /// Of rule files: for editors, and for whoever makes rules by program.
    @GET
    @Path("/rule")
    @Produces("application/schema+json")
    public String rule() {
        return RuleFiles.schema();
    }
}
