-- ¿Cómo dividió cada quien cada párrafo? Una fila por división: párrafo y codificador.
-- `cortes` es el último carácter de cada unidad. Lo que dejó de regir no sale.
-- De los filtros solo mira los de diálogo y el de tema.
select
    v.documento_id,
    v.titulo,
    v.dialogo,
    v.tema_dialogo_id,
    v.tema_numero,
    s.parrafo,
    s.codificador_id,
    q.clase,
    s.cortes,
    s.momento,
    s.version
from divisibles as v
inner join segmentaciones as s
    on v.documento_id = s.documento_id and v.tema_dialogo_id = s.tema_dialogo_id
inner join codificadores as q on s.codificador_id = q.codificador_id
order by
    v.dialogo, v.dialogo_id, v.tema_numero, v.titulo, v.documento_id, s.parrafo,
    s.codificador_id
