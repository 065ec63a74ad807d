using System.Buffers.Text;
using Mev.Control.Sessions;
using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Control.Tests.Sessions;

public sealed class SecretBookTests
{
    private const long Now = 1_000_000;
    private const long Life = 10_000;
    private const long Idle = 1_000;

    private static readonly KeyId Ann = new(Digest.Of("ann"u8));
    private static readonly KeyId Bob = new(Digest.Of("bob"u8));

    private readonly SecretBook _book = new(countMax: 4, ofKeyMax: 2);
    private byte _secrets;

    [Fact]
    public void A_secret_is_its_holders_until_its_end_and_no_other_text_is_one()
    {
        var text = Issue(Ann)!;
        for (var at = Now; at <= Now + Life; at += Idle) Assert.Equal(Ann, _book.Find(text, at));
        Assert.Null(_book.Find(text, Now + Life + 1));
        Assert.Null(_book.Find(text, Now + Life)); // over is over, whatever the clock says then
        Assert.Null(_book.Find("", Now));
        Assert.Null(_book.Find(Base64Url.EncodeToString(new byte[SecretBook.SecretBytes]), Now));
        Assert.Null(_book.Find(Issue(Ann)! + "A", Now));
    }

    [Fact]
    public void It_ends_before_when_nobody_uses_it()
    {
        var (used, unused) = (Issue(Ann)!, Issue(Ann)!);
        Assert.Equal(Ann, _book.Find(used, Now + Idle));
        Assert.Equal(Ann, _book.Find(used, Now + 2 * Idle));
        Assert.Null(_book.Find(unused, Now + Idle + 1));
    }

    [Fact]
    public void Taken_it_is_spent()
    {
        var text = Issue(Ann)!;
        Assert.Equal(Ann, _book.Take(text, Now));
        Assert.Null(_book.Take(text, Now));
        Assert.Null(_book.Find(text, Now));
        var late = Issue(Ann)!;
        Assert.Null(_book.Take(late, Now + Idle + 1));
    }

    [Fact]
    public void One_too_many_of_a_key_ends_the_one_that_it_used_longest_ago()
    {
        var (first, second) = (Issue(Ann)!, Issue(Ann)!);
        Assert.Equal(Ann, _book.Find(first, Now + 1));
        var third = Issue(Ann, Now + 2)!;
        Assert.Null(_book.Find(second, Now + 2));
        Assert.Equal((Ann, Ann), (_book.Find(first, Now + 2), _book.Find(third, Now + 2)));
    }

    [Fact]
    public void While_all_places_are_taken_nobody_gets_one_and_what_is_over_makes_room()
    {
        string[] taken = [Issue(Ann)!, Issue(Ann)!, Issue(Bob)!, Issue(Bob)!];
        var other = new KeyId(Digest.Of("eve"u8));
        Assert.Null(Issue(other));
        Assert.All(taken, text => Assert.NotNull(_book.Find(text, Now)));
        Assert.NotNull(Issue(other, Now + Idle + 1));
        Assert.Equal(1, _book.Count);
    }

    private string? Issue(KeyId holder, long at = Now)
    {
        var secret = new byte[SecretBook.SecretBytes];
        secret[0] = ++_secrets;
        return _book.Issue(secret, holder, Now + Life, Idle, at);
    }
}
