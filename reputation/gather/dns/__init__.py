"""The DNS engine: one `Resolver`, which asks tens of thousands of questions at once and tells unknown from absent."""

from reputation.gather.dns.options import ResolverOptions
from reputation.gather.dns.resolver import Resolver
from reputation.gather.dns.system import BadResolver, parse_resolver, system_resolvers

__all__ = ["BadResolver", "Resolver", "ResolverOptions", "parse_resolver", "system_resolvers"]
