using HaoSuan.Identity;
using HaoSuan.Notifications;
using HaoSuan.Web.Pipeline;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Web;

/// <summary>The addresses of an installation: four faces, the way in for new distributors, what others call, and a few pages at the root.</summary>
internal static class Faces
{
    public static void MapFaces(this WebApplication app)
    {
        app.MapUi();
        app.MapSignIn();
        app.MapInbox();
        app.MapReaderLanguage();
        app.MapGet("/", (Delegate)Land);
        app.MapGet("/health", Health);
        Composition.MapShop(Forms(app.MapGroup("/s/{invite}")));
        Composition.MapJoin(Forms(app.MapGroup("/join/{invite}")));
        Composition.MapAgent(Forms(app.MapGroup("/agent").RequireAuthorization(Policies.Agent)));
        var office = Forms(app.MapGroup("/office").RequireAuthorization(Policies.Office));
        office.MapGet("", OfficeHomeEndpoint.Show);
        Composition.MapOffice(office);
        Composition.MapNotify(app.MapGroup("/notify"));
        Composition.MapUpstream(app.MapGroup("/upstream"));
    }

    private static RedirectHttpResult Land(HttpContext http) =>
        TypedResults.LocalRedirect(http.User.Identity is { IsAuthenticated: true } ? HomeOf(http.User.Role) : "/sign-in");

    private static string HomeOf(Role role) => role == Role.Distributor ? "/agent" : "/office";

    /// <summary>Whether this process can do its work: its database answers.</summary>
    private static async Task<IResult> Health(Db db, CancellationToken cancel) =>
        await db.Database.CanConnectAsync(cancel)
            ? TypedResults.Ok(new { Status = "ok" })
            : TypedResults.Json(new { Status = "no database" }, statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Whatever is posted to these pages carries a token, whether its handler reads a form or not.</summary>
    private static RouteGroupBuilder Forms(RouteGroupBuilder group) => group.WithMetadata(new RequireAntiforgeryTokenAttribute());
}
