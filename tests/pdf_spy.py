"""The PDF worker with a witness: every file that Python opens and every step towards the network is written down.

Run as `python -m tests.pdf_spy LOG`. With `--unguarded` it renders with WeasyPrint's own fetcher instead of ours,
which is the negative control: the witness must see what the guard prevents.
"""

import sys

_WATCHED = ("open", "socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.exec", "os.system", "os.posix_spawn")


def main() -> None:
    log = open(sys.argv[1], "a", buffering=1)  # noqa: SIM115 -- it lives as long as the process

    def witness(event, arguments):
        if event.startswith(_WATCHED):
            log.write(f"{event} {arguments[0] if arguments else ''} {arguments[1] if len(arguments) > 1 else ''}\n")

    sys.addaudithook(witness)
    from advice import pdf_worker

    if "--unguarded" in sys.argv:
        from weasyprint import HTML

        pdf_worker._make_renderer = lambda: lambda html: HTML(string=html).write_pdf()
    pdf_worker.main()


if __name__ == "__main__":
    main()
