/// The colours of pages and drawings. Each text colour has a contrast of 4.5 to 1 at least on the ground it stands on, each graphic one of
/// 3 to 1 against its neighbour or an outline; none is the only sign of anything.
package enum PageColour {
    package static let ink = "#1b1f24"
    package static let muted = "#4a5462"
    package static let ground = "#ffffff"
    package static let tint = "#f3f5f8"
    package static let rule = "#c9d0d9"
    package static let accent = "#12355b"
    package static let link = "#0b57a4"
    /// What is there, and what is proposed.
    package static let existing = "#8c1d18"
    package static let proposed = "#12355b"
    /// From the nearest to the farthest class within reach.
    package static let reach = ["#0b3c6f", "#2f76b5", "#7fb0dc", "#b9d4ec"]
    package static let beyond = "#c2410c"
    package static let sea = "#e1ebf2"
    package static let land = "#f0efea"
    package static let border = "#9aa5b1"
    package static let territory = "#fffdf5"
}

/// The style of every page: our own, without fonts or pictures from elsewhere; on paper A4.
enum PageStyle {
    static let sheet = HTML(
        markup: """
            :root{color-scheme:light}
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
            body{margin:0;background:#fff;color:#1b1f24;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
            .masthead,main,.colophon{max-width:54rem;margin:0 auto;padding:0 1rem}
            main{outline:none}
            .skip{position:absolute;left:-999rem;top:0;background:#12355b;color:#fff;padding:.5rem 1rem;z-index:2}
            .skip:focus{left:0}
            a{color:#0b57a4}
            :focus-visible{outline:3px solid #b45309;outline-offset:2px}
            .masthead{padding-top:1rem;color:#4a5462;font-size:.875rem;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between}
            .masthead p{margin:0}
            .colophon{margin-top:3rem;padding-top:1rem;padding-bottom:2rem;border-top:1px solid #c9d0d9;color:#4a5462;font-size:.875rem}
            h1,h2,h3,h4{line-height:1.2;color:#12355b;text-wrap:balance}
            h1{font-size:clamp(1.7rem,6vw,2.5rem);margin:.25rem 0 .5rem}
            h2{font-size:1.45rem;margin:3rem 0 .75rem;padding-top:.75rem;border-top:3px solid #12355b}
            h3{font-size:1.1rem;margin:2rem 0 .5rem}
            h4{font-size:1rem;margin:1.25rem 0 .25rem}
            p{margin:.5rem 0 .75rem;max-width:46rem}
            ul,ol{padding-left:1.25rem}
            .lead{font-size:1.15rem;color:#4a5462}
            .cover{padding:2.5rem 0 1rem}
            .cover .eyebrow{margin:0;color:#8c1d18;font-weight:600;text-transform:uppercase;letter-spacing:.06em;font-size:.85rem}
            .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.75rem;margin:1.5rem 0;padding:0;list-style:none}
            .facts li{border-left:4px solid #12355b;background:#f3f5f8;padding:.6rem .8rem}
            .facts strong{display:block;font-size:1.4rem;line-height:1.2;color:#12355b;font-variant-numeric:tabular-nums}
            .facts span{font-size:.875rem;color:#4a5462}
            .toc{columns:2 15rem;padding-left:1.4rem;margin:.5rem 0}
            .toc li{break-inside:avoid;margin:.15rem 0}
            .notice{border-left:4px solid #b45309;background:#fdf6ec;padding:.6rem .9rem;margin:1rem 0;max-width:none}
            .todo{border:1px dashed #4a5462;padding:.6rem .9rem;margin:.75rem 0}
            .todo p:last-child,.notice p:last-child{margin-bottom:0}
            .missing{color:#4a5462;font-style:italic}
            .tag{display:inline-block;border:1px solid currentColor;border-radius:.2rem;padding:0 .35rem;font-size:.8rem;color:#4a5462;white-space:nowrap}
            .tag.warn{color:#8a3b06}
            data{font-variant-numeric:tabular-nums}
            sup.ref{font-size:.72em;line-height:0;white-space:nowrap}
            sup.ref a{text-decoration:none;padding:0 .1em}
            sup.ref a:hover{text-decoration:underline}
            .table{overflow-x:auto;margin:1.25rem 0;max-width:100%;background:linear-gradient(90deg,#fff 40%,#fff0) 0 0/2rem 100% no-repeat local,linear-gradient(270deg,#fff 40%,#fff0) 100% 0/2rem 100% no-repeat local,linear-gradient(90deg,#1b1f2430,#1b1f2400) 0 0/.6rem 100% no-repeat scroll,linear-gradient(270deg,#1b1f2430,#1b1f2400) 100% 0/.6rem 100% no-repeat scroll}
            table{border-collapse:collapse;width:100%;font-size:.925rem;line-height:1.35}
            caption{text-align:left;font-weight:600;color:#12355b;padding:0 0 .5rem}
            caption .unit{font-weight:400;color:#4a5462}
            th,td{padding:.4rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid #dde2e8}
            thead th{border-bottom:2px solid #12355b;font-weight:600;vertical-align:bottom;color:#1b1f24}
            tbody th{font-weight:500;overflow-wrap:normal;min-width:6.5rem}
            tfoot th,tfoot td{border-top:2px solid #12355b;font-weight:600}
            th:first-child,td:first-child{padding-left:0}
            .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            thead .n{white-space:normal}
            .note{font-size:.85rem;color:#4a5462;margin:.4rem 0 0;max-width:none}
            figure{margin:1.5rem 0}
            figure>svg{display:block;width:100%;height:auto}
            .map>svg{border:1px solid #c9d0d9;background:#e1ebf2;max-height:42rem;width:auto;max-width:100%}
            .pair .map>svg{width:100%}
            .small>svg{max-height:24rem}
            .chart>svg{max-width:34rem}
            figcaption{font-size:.875rem;color:#4a5462;margin-top:.5rem;max-width:46rem}
            figcaption strong{color:#12355b}
            .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:.6rem 0 0;font-size:.875rem}
            .legend li{display:flex;align-items:center;gap:.4rem}
            .symbol{flex:none}
            .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:0 1.5rem}
            .card{border:1px solid #c9d0d9;padding:.25rem 1rem .75rem;margin:1.25rem 0}
            .card h3{margin-top:.75rem}
            dl.pairs{display:grid;grid-template-columns:minmax(9rem,auto) 1fr;gap:.2rem 1rem;margin:.5rem 0}
            dl.pairs dt{color:#4a5462}
            dl.pairs dd{margin:0}
            .hash{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,"Liberation Mono",monospace;font-size:.78rem;overflow-wrap:anywhere}
            .narrow{display:none}
            @media (max-width:34rem){
            .wide{display:none}.narrow{display:inline}
            h2{font-size:1.3rem}
            .prose table,.prose thead,.prose tbody,.prose tr,.prose th,.prose td{display:block}
            .prose thead{position:absolute;left:-999rem}
            .prose th,.prose td{border:0;padding:.1rem 0}
            .prose tr{border-bottom:1px solid #dde2e8;padding:.4rem 0}
            .prose tbody th{font-weight:600}
            dl.pairs{grid-template-columns:1fr}dl.pairs dd{margin-bottom:.35rem}
            }
            @page{size:A4;margin:17mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#4a5462}}
            @media print{
            body{font-size:9.5pt;line-height:1.4;print-color-adjust:exact;-webkit-print-color-adjust:exact}
            .masthead,main,.colophon{max-width:none;padding-left:0;padding-right:0}
            .skip{display:none}
            a{color:inherit;text-decoration:none}
            h1{font-size:24pt}h2{font-size:15pt;margin-top:8mm}h3{font-size:11.5pt}
            h1,h2,h3,h4,caption,.legend{break-after:avoid;break-inside:avoid}
            .toc{columns:2}
            p,li{orphans:3;widows:3}
            .table{overflow:visible;background:none}
            table{font-size:8.5pt}
            thead{display:table-header-group}
            tfoot{display:table-row-group}
            tr,figure,.card,.todo,.notice,.facts,dl.pairs{break-inside:avoid}
            .whole{break-inside:avoid}
            .note{break-before:avoid}
            #sources{break-before:page}
            h2+p,h3+p{break-after:avoid;break-inside:avoid}
            tfoot tr,tr.total,tr:last-child{break-before:avoid}
            .map>svg{max-height:88mm}.small>svg{max-height:76mm}
            .chart>svg{max-width:125mm}
            .pair{grid-template-columns:1fr 1fr}.pair .map>svg{max-height:95mm}
            .hash{font-size:7.5pt}
            }
            """)
}
