using System.Text.RegularExpressions;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Tests.Web;

/// <summary>Who may open what, for every address that the modules have.</summary>
public sealed partial class AccessTests(App app)
{
    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Endpoints(string face) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        where pattern == face || pattern.StartsWith(face + "/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select (method, Filled(pattern), endpoint);

    /// <summary>With something that is not there in the place of each parameter.</summary>
    private static string Filled(string pattern) =>
        Parameter().Replace(pattern, p => p.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "7");

    private static Task<Page> Try(Visitor visitor, string method, string path, RouteEndpoint endpoint)
    {
        if (method == "GET") return visitor.Open(path);
        var carriesFile = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is ["multipart/form-data"];
        return carriesFile ? visitor.Upload(path, ("x", "y")) : visitor.Post(path, ("x", "y"));
    }

    [Fact]
    public async Task Nobody_opens_the_office_or_the_portal_without_signing_in()
    {
        foreach (var (method, path, endpoint) in Endpoints("/office").Concat(Endpoints("/agent")))
        {
            var page = await Try(app.Visit(), method, path, endpoint);

            Assert.True(page.Status == 302 && page.Location!.Contains("/sign-in", StringComparison.Ordinal), $"{method} {path}: {page.Status}");
        }
    }

    [Fact]
    public async Task No_distributor_opens_the_office_and_no_staff_the_portal()
    {
        var agent = await app.VisitAs((await Sample.MakeAsync(app)).Top);
        var admin = await app.VisitAs("admin");

        foreach (var (method, path, endpoint) in Endpoints("/office")) Assert.Equal((path, 403), (path, (await Try(agent, method, path, endpoint)).Status));
        foreach (var (method, path, endpoint) in Endpoints("/agent")) Assert.Equal((path, 403), (path, (await Try(admin, method, path, endpoint)).Status));
    }

    [Theory]
    [InlineData("finance", Policies.Operations)]
    [InlineData("finance", Policies.Admin)]
    [InlineData("operations", Policies.Finance)]
    [InlineData("operations", Policies.Admin)]
    public async Task Staff_without_the_right_for_it_is_refused(string role, string policy)
    {
        var visitor = await app.VisitAs(role);

        foreach (var (method, path, endpoint) in Endpoints("/office"))
        {
            if (endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => a.Policy != policy)) continue;
            Assert.Equal((path, 403), (path, (await Try(visitor, method, path, endpoint)).Status));
        }
    }

    [Fact]
    public void Whoever_may_look_may_not_therefore_change() =>
        Assert.All(Endpoints("/office").Where(e => e.Method != "GET"), e =>
            Assert.Contains(e.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
                a => a.Policy is Policies.Operations or Policies.Finance or Policies.Schemes or Policies.Cases or Policies.Admin));

    [Fact]
    public void Every_form_carries_its_token() =>
        Assert.All(Endpoints("/office").Concat(Endpoints("/agent")).Concat(Endpoints("/s/{invite}")),
            e => Assert.True(e.Endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation, e.Path));

    [Fact]
    public async Task Another_operators_staff_finds_nothing_of_ours()
    {
        var sample = await Sample.MakeAsync(app);
        var user = (await app.With<Users, IReadOnlyList<User>>(u => u.AllAsync())).First(u => u.Name == sample.Top).Id.Value;
        var other = await app.VisitAs("admin", "other");
        string[] ours =
        [
            $"/office/products/{sample.Product}", $"/office/products/{sample.Product}/schemes/new", $"/office/products/{sample.Product}/schemes/1",
            $"/office/products/{sample.Product}/schemes/1/edit", $"/office/products/{sample.Product}/schemes/1/shadow-runs",
            $"/office/distributors/{sample.Top}", $"/office/distributors/{sample.Top}/rates", $"/office/distributors/{sample.Top}/invitations",
            $"/office/distributors/{sample.Top}/sign-ins", $"/office/users/{user}",
        ];

        foreach (var path in ours) Assert.Equal((path, 404), (path, (await other.Open(path)).Status));
        foreach (var list in new[] { "/office/products", "/office/distributors", "/office/upstreams", "/office/users" })
            Assert.DoesNotContain(sample.Top, (await other.Open(list)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_operators_staff_changes_nothing_of_ours()
    {
        var sample = await Sample.MakeAsync(app);
        var other = await app.VisitAs("admin", "other");
        var token = (await other.Open("/office")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        string[] ours =
        [
            $"/office/products/{sample.Product}/schemes/new", $"/office/products/{sample.Product}/schemes/1/edit",
            $"/office/products/{sample.Product}/schemes/1/submit", $"/office/products/{sample.Product}/schemes/1/approve",
            $"/office/products/{sample.Product}/schemes/1/reject", $"/office/products/{sample.Product}/schemes/example",
            $"/office/products/{sample.Product}/schemes/1/shadow-runs",
            $"/office/products/{sample.Product}/on-sale", $"/office/distributors/{sample.Top}/active",
            $"/office/distributors/{sample.Top}/rates", $"/office/distributors/{sample.Top}/invitations", $"/office/distributors/{sample.Top}/sign-ins",
        ];

        foreach (var path in ours)
        {
            var page = await other.Post(path, ("__RequestVerificationToken", token), ("active", "false"), ("onSale", "false"), ("do", "save"),
                ("from", ""), ("stage", "x"), ("rate", "1"), ("name", "mallory"), ("password", App.Password));
            Assert.Equal((path, 404), (path, page.Status));
        }
    }

    [Fact]
    public async Task A_distributor_sees_the_own_team_only()
    {
        var (ours, theirs) = (await Sample.MakeAsync(app), await Sample.MakeAsync(app));
        var top = await app.VisitAs(ours.Top);

        Assert.Equal(200, (await top.Open($"/agent/team/{ours.Child}")).Status);
        Assert.Equal(404, (await top.Open($"/agent/team/{theirs.Child}")).Status);
        Assert.Equal(404, (await (await app.VisitAs(ours.Child)).Open($"/agent/team/{ours.Top}")).Status);
    }

    [Fact]
    public async Task The_navigation_shows_what_may_be_opened()
    {
        foreach (var name in new[] { "admin", "finance", "operations", (await Sample.MakeAsync(app)).Top })
        {
            var visitor = await app.VisitAs(name);
            var home = await visitor.Open((await visitor.Open("/")).Location!);

            Assert.NotEmpty(home.Navigation);
            foreach (var link in home.Navigation) Assert.Equal((name, link, 200), (name, link, (await visitor.Open(link)).Status));
            Assert.Equal(name == "admin", home.Navigation.Contains("/office/users"));
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
