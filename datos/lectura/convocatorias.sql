-- A quiénes se convocó, como conjunto: una fila por mesa, y por tema, sin mesa, para lo
-- que se dijo en conjunto. Lo dicho por una mesa, con los grupos de ella y los de su
-- tema; lo del tema, con todos. Convocados, no presentes ni autores.
with lados as (
    select
        tema_dialogo_id,
        mesa_id,
        letra
    from mesas
    union all
    select
        tema_dialogo_id,
        null as mesa_id,
        null as letra
    from temas_dialogo
)

select
    l.tema_dialogo_id,
    l.mesa_id,
    l.letra,
    string_agg(distinct g.grupo_id, chr(31) order by g.grupo_id) as convocatoria
from lados as l
left join mesas_grupos as g
    on
        l.tema_dialogo_id = g.tema_dialogo_id
        and (l.mesa_id is null or g.mesa_id is null or l.mesa_id = g.mesa_id)
group by l.tema_dialogo_id, l.mesa_id, l.letra
order by l.tema_dialogo_id, l.mesa_id
