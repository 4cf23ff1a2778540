/// The promises of the whole, tried from outside: HTTP in, HTTP and the command line out, `kill -9` in between.
///
/// Nothing here calls the services' own code. [Servers] are the broker and the database, once for the whole run;
/// a [Stack] is what `./throughline up` starts, and [Client] speaks to it.
package io.throughline.deploy.acceptance;
