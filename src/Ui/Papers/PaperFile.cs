using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Ui;

/// <summary>A paper as a file that the browser opens or keeps.</summary>
public static class PaperFile
{
    /// <param name="format"><c>pdf</c> or <c>xlsx</c>; there is no other.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="zone">For its moments.</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <param name="fonts">Where fonts are, if not where this machine keeps them.</param>
    public static IResult Of(string format, Paper paper, Zone zone, string name, IReadOnlyList<string>? fonts = null) => format switch
    {
        "xlsx" => TypedResults.File(PaperWorkbook.Of(paper, zone), PaperWorkbook.MediaType, $"{name}.xlsx"),
        "pdf" when PaperPdf.Of(paper, zone, fonts) is { } pdf => TypedResults.File(pdf, PaperPdf.MediaType, $"{name}.pdf"),
        "pdf" => new RazorComponentResult<NoFontPage> { StatusCode = StatusCodes.Status503ServiceUnavailable },
        _ => TypedResults.NotFound(),
    };
}
