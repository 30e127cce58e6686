using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace HaoSuan.Ui;

/// <summary>A poster as a picture of a page, which a phone saves by a long press. It is drawn for a browser that has not got it yet.</summary>
public static class PosterFile
{
    /// <param name="poster">The poster.</param>
    /// <param name="http">Who asks, and perhaps has it.</param>
    /// <param name="fonts">Where fonts are, if not where this machine keeps them.</param>
    public static IResult Of(Poster poster, HttpContext http, IReadOnlyList<string>? fonts = null)
    {
        var tag = new EntityTagHeaderValue(poster.Tag);
        var isKnown = http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false));
        var png = isKnown ? null : PosterPng.Of(poster, fonts);
        if (!isKnown && png is null) return new RazorComponentResult<NoFontPage> { StatusCode = StatusCodes.Status503ServiceUnavailable };
        // It is asked for anew each time: what stands on it may have been retired.
        (http.Response.Headers.ETag, http.Response.Headers.CacheControl) = (poster.Tag, "private, no-cache");
        return png is null ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.File(png, PosterPng.MediaType);
    }
}
