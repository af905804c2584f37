/** What operations have in common that users and business systems ask for: who asks, how the request is read, and what every one has to keep to. */
@NullMarked
package im.magpie.service.request;

import org.jspecify.annotations.NullMarked;
