/**
 * The gateway: keeps the clients' connections, and carries what they ask to the services and what is pushed to them
 * back.
 */
@NullMarked
package im.magpie.tcp;

import org.jspecify.annotations.NullMarked;
