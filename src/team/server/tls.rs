//! TLS with a certificate that is read again whenever its file changes, so that renewing it needs no stop.

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or is no PEM.
    #[error("{} cannot be read as PEM ({why}); check --tls-cert and --tls-key", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// They do not fit.
    #[error("the certificate and the key do not fit ({0}); check --tls-cert and --tls-key")]
    Pair(String),
}

/// When certificate and key were changed: each by itself, since what is copied may be older than what it replaces.
type Changed = [Option<SystemTime>; 2];

/// Certificate and key, by their files.
pub struct Tls {
    cert: PathBuf,
    key: PathBuf,
    current: RwLock<(TlsAcceptor, Changed)>,
}

impl Tls {
    /// Reads them for the first time.
    ///
    /// # Errors
    /// Where they cannot be used.
    pub fn open(cert: &Path, key: &Path) -> Result<Self, TlsError> {
        let changed = changed(cert, key);
        let current = RwLock::new((read(cert, key)?, changed));
        Ok(Self { cert: cert.to_owned(), key: key.to_owned(), current })
    }

    /// What takes the next connection.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.current.read().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Looks whether the files have changed, and takes them where they are good. Bad ones leave the old in force.
    pub fn look(&self) {
        let changed = changed(&self.cert, &self.key);
        if self.current.read().unwrap_or_else(PoisonError::into_inner).1 == changed {
            return;
        }
        match read(&self.cert, &self.key) {
            Ok(acceptor) => {
                tracing::info!("the certificate was read again");
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = (acceptor, changed);
            }
            Err(error) => tracing::error!(%error, "the new certificate cannot be used; the old one stays"),
        }
    }
}

fn changed(cert: &Path, key: &Path) -> Changed {
    let of = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    [of(cert), of(key)]
}

fn read(cert: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let file = |path: &Path, why: String| TlsError::File { path: path.to_owned(), why };
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| file(cert, error.to_string()))?;
    if chain.is_empty() {
        return Err(file(cert, "there is no certificate in it".into()));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| file(key, error.to_string()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| TlsError::Pair(error.to_string()))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
