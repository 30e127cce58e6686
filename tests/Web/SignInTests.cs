using HaoSuan.Identity;

namespace HaoSuan.Tests.Web;

public sealed class SignInTests(App app)
{
    private async Task<string> NewUser(Role role = Role.Finance)
    {
        var name = $"user{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}"[..30];
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(name, App.Password, role))).Value;
        return name;
    }

    [Fact]
    public async Task Nobody_signed_in_is_sent_to_sign_in_and_back()
    {
        var visitor = app.Visit();

        var sent = await visitor.Open("/office/users");
        var signedIn = await visitor.Submit(new Uri(sent.Location!).PathAndQuery, null, ("name", "admin@demo"), ("password", App.Password));

        Assert.Equal(302, sent.Status);
        Assert.Equal("/office/users", signedIn.Location);
        Assert.Equal(200, (await visitor.Open("/office/users")).Status);
    }

    [Theory]
    [InlineData("//evil.test")]
    [InlineData("https://evil.test/")]
    [InlineData("/\\evil.test")]
    public async Task After_sign_in_nobody_is_sent_to_another_site(string to)
    {
        var signedIn = await app.Visit().Submit($"/sign-in?to={Uri.EscapeDataString(to)}", null, ("name", "admin@demo"), ("password", App.Password));

        Assert.Equal("/office", signedIn.Location);
    }

    [Theory]
    [InlineData("admin@demo", "wrong horse")]
    [InlineData("nobody@demo", App.Password)]
    [InlineData("admin@nowhere", App.Password)]
    [InlineData("admin", App.Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_operator_or_password_all_sound_the_same(string name, string password)
    {
        var refused = await app.Visit().SignIn(name, password);

        Assert.Equal(422, refused.Status);
        Assert.Contains("用户名或密码不对", refused.Words, StringComparison.Ordinal);
        Assert.Equal(name, refused.Document.QuerySelector("#field-name")!.GetAttribute("value"));
        Assert.DoesNotContain("horse", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        var name = await NewUser();
        var visitor = app.Visit();
        for (var i = 0; i < 5; i++) await visitor.SignIn($"{name}@demo", "wrong horse");

        var refused = await visitor.SignIn($"{name}@demo", App.Password);

        Assert.Contains("15 分钟", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempts_from_one_address_are_limited()
    {
        var visitor = app.Visit();
        var attempts = new List<int>();
        for (var i = 0; i < 21; i++) attempts.Add((await visitor.SignIn($"nobody{i}@demo", "wrong horse")).Status);

        Assert.All(attempts.Take(20), status => Assert.Equal(422, status));
        Assert.Equal(429, attempts[20]);
    }

    [Fact]
    public async Task A_user_who_is_deactivated_or_has_a_new_password_can_sign_in_no_more_with_the_old_one()
    {
        var (left, changed) = (await NewUser(), await NewUser());
        var admin = await app.VisitAs("admin");
        foreach (var (name, action) in new[] { (left, "/active"), (changed, "") })
        {
            var row = (await app.With<Users, IReadOnlyList<User>>(u => u.AllAsync())).Single(u => u.Name == name);
            await admin.Submit($"/office/users/{row.Id.Value}", $"/office/users/{row.Id.Value}{action}", ("password", "another horse"));
        }

        Assert.Equal(422, (await app.Visit().SignIn($"{left}@demo", App.Password)).Status);
        Assert.Equal(422, (await app.Visit().SignIn($"{changed}@demo", App.Password)).Status);
        Assert.Equal(302, (await app.Visit().SignIn($"{changed}@demo", "another horse")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_it()
    {
        var visitor = await app.VisitAs("admin");
        var page = await visitor.Open("/office");

        await visitor.Post("/sign-out", ("__RequestVerificationToken", page.Document.QuerySelector("form[action='/sign-out'] input")!.GetAttribute("value")!));

        Assert.Equal(302, (await visitor.Open("/office")).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var visitor = await app.VisitAs("admin");

        Assert.Equal(400, (await visitor.Post("/sign-in", ("name", "admin@demo"), ("password", App.Password))).Status);
        Assert.Equal(400, (await visitor.Post("/office/users", ("name", "mallory"), ("password", App.Password))).Status);
        Assert.Equal(400, (await visitor.Post("/sign-out")).Status);
        Assert.Equal(200, (await visitor.Open("/office")).Status);
    }

    [Fact]
    public async Task The_cookie_is_secure_and_out_of_the_reach_of_scripts()
    {
        var signedIn = await app.Visit().SignIn("admin@demo", App.Password);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), c => c.StartsWith("haosuan=", StringComparison.Ordinal));

        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_user_changes_the_own_password()
    {
        var name = await NewUser();
        var visitor = await app.VisitAs(name);

        var wrong = await visitor.Submit("/password", "/password", ("present", "wrong horse"), ("password", "another horse"));
        var right = await visitor.Submit("/password", "/password", ("present", App.Password), ("password", "another horse"));

        Assert.Equal("现在的密码不对。", wrong.ErrorOf("present"));
        Assert.Equal("/office", right.Location);
        Assert.Equal(200, (await visitor.Open("/office")).Status);
        Assert.Equal(302, (await app.Visit().SignIn($"{name}@demo", "another horse")).Status);
    }
}
