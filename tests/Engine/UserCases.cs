using HaoSuan.Identity;

namespace HaoSuan.Tests.Engine;

public sealed class Users_on_sqlite(SqliteDatabases engine) : UserCases(engine);

public sealed class Users_on_postgres(PostgresDatabases engine) : UserCases(engine);

public abstract class UserCases(Databases engine) : EngineTest(engine)
{
    private const string Password = "correct horse";

    private Task<Result<UserId>> Create(string name, string password = Password, Tenant? tenant = null) =>
        With<Users, Result<UserId>>(u => u.CreateAsync(name, password, Role.Finance, null, Cancel), tenant);

    [Fact]
    public async Task A_name_is_taken_once_for_each_tenant_whatever_its_case()
    {
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);

        var id = (await Create("Finance")).Value;

        Assert.Equal("identity.name_taken", Assert.Single((await Create("FINANCE")).Refusals).Code);
        Assert.False((await Create("finance", tenant: other)).IsRefused);
        Assert.Equal("finance", (await With<Users, User?>(u => u.FindAsync(id, Cancel)))!.Name);
        Assert.Null(await With<Users, User?>(u => u.FindAsync(id, Cancel), other));
    }

    [Theory]
    [InlineData("short", "identity.password_short")]
    [InlineData("the finance clerk", "identity.password_easy")]
    [InlineData("aaaaabbbbbccccc", "identity.password_easy")]
    public async Task A_weak_password_is_refused(string password, string code) =>
        Assert.Equal(code, Assert.Single((await Create("finance", password)).Refusals).Code);

    [Theory]
    [InlineData("a@demo")]
    [InlineData("")]
    [InlineData("x")]
    public async Task A_name_that_could_not_be_typed_at_sign_in_is_refused(string name) =>
        Assert.Equal("identity.name_not_plain", (await Create(name)).Refusals[0].Code);

    [Fact]
    public async Task A_user_changes_the_password_by_giving_the_present_one()
    {
        var id = (await Create("finance")).Value;

        var wrong = await With<Users, Result<Done>>(u => u.ChangePasswordAsync(id, "wrong horse", "another horse", Cancel));
        var right = await With<Users, Result<Done>>(u => u.ChangePasswordAsync(id, Password, "another horse", Cancel));
        var again = await With<Users, Result<Done>>(u => u.ChangePasswordAsync(id, Password, "third horse", Cancel));

        Assert.Equal([true, false, true], new[] { wrong.IsRefused, right.IsRefused, again.IsRefused });
    }

    [Fact]
    public async Task Only_a_distributors_user_has_a_distributor() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            With<Users, Result<UserId>>(u => u.CreateAsync("wang", Password, Role.Distributor, null, Cancel)));
}
