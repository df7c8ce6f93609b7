# Two stages: one compiles the console and the server, the other holds nothing but Debian, the server and the root certificates it trusts.
# The version of Rust is that of rust-toolchain.toml, which stays outside so that rustup has no reason to fetch anything.
ARG RUST=1.95.0

FROM rust:${RUST}-slim-bookworm AS build
WORKDIR /src
COPY . .
# The caches outlive a change of the sources: then only Cardea itself is compiled anew.
RUN rustup target add wasm32-unknown-unknown && scripts/need node
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    scripts/console && cargo build --release --locked -p cardea && install -D target/release/cardea /out/cardea

FROM debian:bookworm-slim
# The uid is fixed and numeric, so that volumes and `runAsNonRoot` can rely on it.
RUN groupadd --gid 10001 cardea \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/cardea --shell /usr/sbin/nologin cardea \
 && install -d -o 10001 -g 10001 -m 0700 /var/lib/cardea
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/cardea /usr/local/bin/cardea
COPY LICENSE /usr/share/doc/cardea/LICENSE

# Within a container every address means: whatever the container's network lets in.
ENV CARDEA_LISTEN=0.0.0.0:8080 \
    CARDEA_OPS_LISTEN=0.0.0.0:9090 \
    CARDEA_MTLS__LISTEN=0.0.0.0:8443 \
    CARDEA_DATA_DIR=/var/lib/cardea
WORKDIR /var/lib/cardea
VOLUME /var/lib/cardea
USER 10001:10001
EXPOSE 8080 8443 9090
HEALTHCHECK --interval=5s --timeout=8s --start-period=60s CMD ["cardea", "healthcheck"]
ENTRYPOINT ["cardea"]
CMD ["serve"]
