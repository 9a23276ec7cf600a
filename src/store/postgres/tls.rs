//! The line to the database, encrypted where its address asks for it: `sslmode` and `sslrootcert`, as PostgreSQL's own
//! programs read them.

use crate::store::{Result, StoreError};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use std::error::Error;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream as Encrypted;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::client::{WebPkiServerVerifier, verify_server_name};
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore, SignatureScheme,
};

/// How far the other side is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Whoever answers: encrypted, so that nobody can listen, but not against somebody in between.
    Anybody,
    /// Whoever an authority signed for, under whatever name.
    Authority,
    /// Whoever an authority signed for under the name that stands in the address.
    Name,
}

/// The certificate was not good enough, or there was none to speak of.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(String);

/// What encrypts a line.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Reads what is to be trusted. `authorities` is a PEM file; without one the system's authorities are.
    pub(super) fn new(trust: Trust, authorities: Option<&Path>) -> Result<Self> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let refused = |why: String| StoreError::Invalid(format!("TLS to the database cannot be set up: {why}"));
        let verifier: Arc<dyn ServerCertVerifier> = if trust == Trust::Anybody {
            Arc::new(Lenient { trust, inner: None, named: Vec::new(), provider: Arc::clone(&provider) })
        } else {
            let (roots, named) = roots(authorities)?;
            let inner = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build();
            let inner = inner.map_err(|error| refused(error.to_string()))?;
            Arc::new(Lenient { trust, inner: Some(inner), named, provider: Arc::clone(&provider) })
        };
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_err(|error| refused(error.to_string()))?;
        let mut config = config.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

/// Whom to trust, and the certificates that the file names.
fn roots(authorities: Option<&Path>) -> Result<(RootCertStore, Vec<CertificateDer<'static>>)> {
    let mut roots = RootCertStore::empty();
    let Some(path) = authorities else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            let why = "this system knows no authorities; name who signed the database's certificate in sslrootcert";
            return Err(StoreError::Invalid(why.into()));
        }
        return Ok((roots, Vec::new()));
    };
    let mut named = Vec::new();
    let unread = |why: String| {
        StoreError::Invalid(format!("sslrootcert {} cannot be read as PEM ({why}); check its path", path.display()))
    };
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unread(error.to_string()))? {
        let certificate = certificate.map_err(|error| unread(error.to_string()))?;
        roots.add(certificate.clone()).map_err(|error| unread(error.to_string()))?;
        named.push(certificate);
    }
    if roots.is_empty() {
        return Err(unread("no certificate is in it".into()));
    }
    Ok((roots, named))
}

/// Checks as much of a certificate as was asked for. The handshake itself is always checked: whoever answers holds the
/// key of the certificate that they show.
#[derive(Debug)]
struct Lenient {
    trust: Trust,
    inner: Option<Arc<WebPkiServerVerifier>>,
    /// Certificates that are trusted as they are: one that signed itself may be named itself.
    named: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, TlsError> {
        let Some(inner) = &self.inner else { return Ok(ServerCertVerified::assertion()) };
        if self.named.iter().any(|named| named == end_entity) {
            if self.trust == Trust::Name {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // Its name is looked at last, after everything else has been found good.
            Err(TlsError::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.trust == Trust::Authority => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, TlsError> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, TlsError> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

type AnyError = Box<dyn Error + Send + Sync>;

/// One handshake about to be made.
pub(super) struct Handshake {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Line<S>;
    type TlsConnect = Handshake;
    type Error = AnyError;

    fn make_tls_connect(&mut self, domain: &str) -> std::result::Result<Handshake, AnyError> {
        // A socket of this machine has no name, and is never asked to encrypt.
        let name = if domain.is_empty() { "localhost" } else { domain };
        let name = ServerName::try_from(name.to_owned())
            .map_err(|_| Refused("the database's name cannot be checked by TLS; give a host name".into()))?;
        Ok(Handshake { connector: TlsConnector::from(Arc::clone(&self.0)), name })
    }
}

impl<S> TlsConnect<S> for Handshake
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Line<S>;
    type Error = AnyError;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Line<S>, AnyError>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move {
            let made = self.connector.connect(self.name, stream).await;
            made.map(|stream| Line(Box::new(stream))).map_err(|error| {
                match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
                    Some(why) => Refused(in_words(why)).into(),
                    None => error.into(),
                }
            })
        })
    }
}

fn in_words(why: &TlsError) -> String {
    const UNKNOWN: &str = "nobody trusted signed the database's certificate; name who did in sslrootcert";
    const OTHER: &str = "the database's certificate is for another name than the address has; give the name that it is \
         for, or sslmode=verify-ca";
    match why {
        TlsError::InvalidCertificate(CertificateError::UnknownIssuer) => UNKNOWN.into(),
        TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => OTHER.into(),
        // One that signed itself, as a server makes it at first.
        other if other.to_string().contains("CaUsedAsEndEntity") => UNKNOWN.into(),
        other => format!("TLS to the database fails ({other}); check its certificate and sslmode"),
    }
}

/// An encrypted line. Passwords are not bound to it: that is what `verify-full` is for.
pub(super) struct Line<S>(Box<Encrypted<S>>);

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Line<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Line<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Line<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}
