/// Which endpoint of a balanced backend a request goes to.
///
/// ```
/// Screening        leaves out endpoints that fade in or fail     counts and health: EndpointRegistry
///  -> Candidates   those of weight 0 and those tried are out too
///  -> LoadBalancer picks one of the rest: one algorithm, one file, declared like filters
/// ```
///
/// A balancer sees nothing but the exchange and the candidates, so that each can be proved alone. When everything was left out, what was screened is
/// tried after all. Names, rings and tables are exactly those of Skipper and AILERON: a key keeps its endpoint.
@NullMarked
package dev.sluice.proxy.balance;

import org.jspecify.annotations.NullMarked;
