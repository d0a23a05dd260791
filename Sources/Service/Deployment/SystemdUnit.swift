/// A unit file that runs `tandem sync` as a service of its own user, with no more rights than it needs.
package struct SystemdUnit {
    private let binary: String

    /// - Parameter binary: An absolute path, as systemd requires.
    /// - Throws: ``SystemdUnitProblem``
    package init(binary: String) throws(SystemdUnitProblem) {
        let isPlain = binary.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value < 0x7F && !"\"'\\%$;".unicodeScalars.contains($0)
        }
        guard binary.hasPrefix("/"), isPlain else {
            throw SystemdUnitProblem(
                description:
                    "an absolute path without blanks and quotes was expected as the binary, such as /usr/local/bin/tandem")
        }
        self.binary = binary
    }

    package var text: String {
        """
        # /etc/systemd/system/tandem.service
        # Configuration in /etc/tandem/tandem.yaml, secrets in /etc/tandem/secrets.env (mode 0600: RACKBEAT_TOKEN=…), journal in
        # /var/lib/tandem. Check first: tandem config check --config /etc/tandem/tandem.yaml
        [Unit]
        Description=Tandem keeps Rackbeat and Ongoing WMS in step
        After=network-online.target
        Wants=network-online.target

        [Service]
        # Ready when the journal is open and the first jobs may run; the watchdog hears nothing more when a thread hangs.
        Type=notify
        NotifyAccess=main
        WatchdogSec=60
        ExecStart=\(binary) sync --config /etc/tandem/tandem.yaml --journal /var/lib/tandem/tandem.db
        ExecReload=/bin/kill -HUP $MAINPID
        EnvironmentFile=-/etc/tandem/secrets.env
        DynamicUser=yes
        StateDirectory=tandem
        StateDirectoryMode=0700
        WorkingDirectory=/var/lib/tandem
        # It ends within 10 s by itself; what was in flight is looked up at the next start.
        TimeoutStopSec=20
        Restart=on-failure
        RestartSec=15
        # Another start corrects no mistake in the configuration.
        RestartPreventExitStatus=2
        NoNewPrivileges=yes
        ProtectSystem=strict
        ProtectHome=yes
        PrivateTmp=yes
        PrivateDevices=yes
        ProtectKernelTunables=yes
        ProtectControlGroups=yes
        RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
        LimitNOFILE=4096

        [Install]
        WantedBy=multi-user.target

        """
    }
}

package struct SystemdUnitProblem: Error, CustomStringConvertible {
    package let description: String
}
